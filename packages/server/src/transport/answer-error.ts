import { HalyardError } from '@halyard/core';

/** What there is to know of an answer that says that a request was not served. */
export interface UnusableAnswer {
  readonly status: number;
  /** The Retry-After header, as it came. */
  readonly retryAfter: string | undefined;
}

/** A request was answered, but not served. */
export class AnswerError extends HalyardError {
  readonly status: number;
  readonly retryAfter: string | undefined;

  constructor(message: string, { status, retryAfter }: UnusableAnswer) {
    super('transport', 'REQUEST_FAILED', message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request would be answered alike. 408 and 429 are the two of the 4xx that pass. */
  get permanent(): boolean {
    return this.status < 500 && this.status !== 408 && this.status !== 429;
  }
}
