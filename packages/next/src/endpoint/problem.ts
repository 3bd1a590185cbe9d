import type { JsonObject } from '@halyard/core';

/** An answer other than the one asked for: thrown within the handlers, never out of them. */
export class Problem extends Error {
  /** The HTTP status. */
  readonly status: number;
  /** What programs may want to know of it. */
  readonly facts: JsonObject;

  constructor(status: number, message: string, facts: JsonObject = {}) {
    super(message);
    this.status = status;
    this.facts = facts;
  }
}

/** `{ "error": "what was wrong and what was expected" }`, with the facts beside it. */
export function problemResponse({ status, message, facts }: Problem): Response {
  return Response.json(
    { error: message, ...facts },
    { status, headers: { 'Cache-Control': 'no-store', Vary: 'Cookie' } },
  );
}
