/** An answer other than the one asked for: thrown within the handlers, never out of them. */
export class Problem extends Error {
  /** The HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** `{ "error": "what was wrong and what was expected" }`. */
export function problemResponse({ status, message }: Problem): Response {
  return Response.json(
    { error: message },
    { status, headers: { 'Cache-Control': 'no-store', Vary: 'Cookie' } },
  );
}
