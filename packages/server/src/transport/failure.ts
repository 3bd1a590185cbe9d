import { HalyardError, type HttpRequest, type HttpResponse, messageOf } from '@halyard/core';
import { AnswerError } from './answer-error.ts';
import { BodyTooLarge, UnknownEncoding } from './body.ts';
import { BadRedirect } from './exchange.ts';
import { NoEventStream, Silence } from './follow.ts';
import { addressOf, redactionOf } from './redaction.ts';
import { isIdempotent, mayRetryStatus } from './retry.ts';

/** Why a try did not bring an answer that can be used. */
export interface Failure {
  readonly error: HalyardError;
  readonly mayRetry: boolean;
  readonly retryAfter?: string | undefined;
}

/** The part of an error answer that a message quotes. */
const QUOTED = 200;

/** Words failures of one request, without its credentials. */
export class FailureReport {
  private readonly method: string;
  private readonly what: string;
  private readonly redact: (text: string) => string;

  constructor(request: HttpRequest) {
    this.method = request.method ?? 'GET';
    this.redact = redactionOf(request);
    this.what = `${this.method} ${addressOf(request, this.redact)}`;
  }

  /** An answer that says that the request was not served. */
  status({ status, headers, body }: HttpResponse): Failure {
    const quote = this.redact(body).trim().replace(/\s+/g, ' ').slice(0, QUOTED);
    const message = `${this.what} was answered ${status}${quote === '' ? '.' : `: ${quote}`}`;
    const retryAfter = headers['retry-after'];
    return {
      error: new AnswerError(message, { status, retryAfter }),
      mayRetry: mayRetryStatus(this.method, status),
      retryAfter,
    };
  }

  /** The time for one try was over. */
  timeout(ms: number): Failure {
    const message = `${this.what} took longer than ${ms} ms (\`transport.timeout\`).`;
    const error = new HalyardError('transport', 'DEADLINE_EXCEEDED', message);
    return { error, mayRetry: isIdempotent(this.method) };
  }

  /** The caller's time for all tries together was over. */
  deadline(ms: number): HalyardError {
    const message = `${this.what} was not answered within ${ms} ms.`;
    return new HalyardError('transport', 'DEADLINE_EXCEEDED', message);
  }

  /** A stream ended otherwise than by its own end. */
  stream(thrown: unknown): HalyardError {
    if (thrown instanceof Silence) {
      const message = `${this.what} sent nothing for ${thrown.ms} ms.`;
      return new HalyardError('transport', 'DEADLINE_EXCEEDED', message);
    }
    if (thrown instanceof NoEventStream) {
      return this.failed(`was answered ${thrown.message} instead of with an event stream.`);
    }
    return this.thrown(thrown, 0).error;
  }

  /** The caller, or the closing of the client, ended the request. */
  cancelled(): HalyardError {
    return this.failed('was cancelled.');
  }

  /** Something was thrown on the way. */
  thrown(thrown: unknown, maxBytes: number): Failure {
    if (thrown instanceof BodyTooLarge) {
      const limit = `more than ${maxBytes} bytes. Raise \`transport.maxResponseBytes\` if that is right.`;
      return { error: this.failed(`was answered with ${limit}`), mayRetry: false };
    }
    if (thrown instanceof UnknownEncoding) {
      const what = `was answered in the encoding "${thrown.message}", which was not asked for.`;
      return { error: this.failed(what), mayRetry: false };
    }
    if (thrown instanceof BadRedirect) {
      return { error: this.failed(`led to ${thrown.message}.`), mayRetry: false };
    }
    return {
      error: this.failed(`failed: ${networkMessage(thrown)}`),
      mayRetry: isIdempotent(this.method),
    };
  }

  private failed(message: string): HalyardError {
    return new HalyardError('transport', 'REQUEST_FAILED', `${this.what} ${this.redact(message)}`);
  }
}

/** Node packs a failure to connect to several addresses into an error without a message of its own. */
function networkMessage(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return thrown.errors.map(messageOf).join('; ');
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return messageOf(thrown) || code || 'no reason was given';
}
