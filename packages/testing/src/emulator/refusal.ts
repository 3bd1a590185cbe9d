import { isJsonObject } from '@halyard/core';
import type { ReceivedRequest, Reply } from '../http-reply.ts';

/** Thrown while a request is served: it is answered with this status and a body that says why. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** The answer, or the refusal that was thrown in its place. `bodyOf`: how the API words a refusal. */
export function orRefusal(serve: () => Reply, bodyOf: (detail: string) => unknown): Reply {
  try {
    return serve();
  } catch (thrown) {
    if (thrown instanceof Refusal) return { status: thrown.status, body: bodyOf(thrown.message) };
    throw thrown;
  }
}

/** The JSON object a request carries. Refuses other content types (415) and other content (400). */
export function jsonBody(request: ReceivedRequest): Readonly<Record<string, unknown>> {
  requireType(request, 'application/json');
  const parsed = parse(request.body);
  if (!isJsonObject(parsed)) throw new Refusal(400, 'Invalid data. Expected a JSON object.');
  return parsed;
}

/** The JSON list a request carries. Refuses other content types (415) and other content (400). */
export function jsonList(request: ReceivedRequest): readonly unknown[] {
  requireType(request, 'application/json');
  const parsed = parse(request.body);
  if (!Array.isArray(parsed)) throw new Refusal(400, 'Invalid data. Expected a JSON list.');
  return parsed;
}

/** The fields of the form a request carries. Refuses other content types (415). */
export function formBody(request: ReceivedRequest): URLSearchParams {
  requireType(request, 'application/x-www-form-urlencoded');
  return new URLSearchParams(request.body);
}

function requireType({ headers }: ReceivedRequest, expected: string): void {
  const type = String(headers['content-type'] ?? '');
  const [essence = ''] = type.split(';', 1);
  if (essence.trim().toLowerCase() === expected) return;
  throw new Refusal(415, `Unsupported media type "${type}" in request.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'JSON parse error.');
  }
}
