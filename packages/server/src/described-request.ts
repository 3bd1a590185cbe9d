import { HalyardError, type HttpRequest, messageOf } from '@halyard/core';

/** The source could not describe a request; it would fail at the next try as well. */
class UndescribedRequest extends HalyardError {
  readonly permanent = true;
}

/** Whether an error is a source's that could not describe a request. */
export function isUndescribed(thrown: unknown): boolean {
  return thrown instanceof UndescribedRequest;
}

/** Has a source describe a request. What it throws becomes a permanent error, REQUEST_FAILED. */
export function describedRequest(source: string, describe: () => HttpRequest): HttpRequest {
  try {
    return describe();
  } catch (thrown) {
    const message = `the source could not describe a request: ${messageOf(thrown)}`;
    throw new UndescribedRequest(source, 'REQUEST_FAILED', message);
  }
}
