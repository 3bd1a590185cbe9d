import type { IncomingMessage, ServerResponse } from 'node:http';
import { watchForFailure } from './failed-render.ts';
import { type Purpose, purposeOf } from './purpose.ts';

/** How a request's response ended. */
export interface Outcome {
  readonly status: number;
  /** Whether all of it was handed to the network: false when whoever asked went away before. */
  readonly complete: boolean;
  /** Whether a server component failed, redirected or was not found after the response had begun. */
  readonly renderFailed: boolean;
}

/**
 * What Node itself knows of a request. Next shows neither the method nor the headers that tell a
 * navigation from a prefetch, and nothing at all of how the response ended.
 */
export class RequestTrace {
  readonly purpose: Purpose;
  private response: ServerResponse | undefined;
  private ending: Outcome | undefined;
  private waiting: ((outcome: Outcome) => void)[] = [];
  private renderFailed = false;
  private isWatched = false;

  constructor({ method, headers }: IncomingMessage, response: ServerResponse) {
    this.purpose = purposeOf((name) => headers[name], method);
    this.response = response;
    response.once('close', () => this.end(response));
  }

  /** How the response ended, once it has. Always resolves: a connection does not outlive its process. */
  outcome(): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.ending !== undefined) resolve(this.ending);
      else this.waiting.push(resolve);
    });
  }

  /** Has a failure noticed that comes after the status has been sent. To be called before it can. */
  watchRender(): void {
    if (this.isWatched || this.response === undefined) return;
    this.isWatched = true;
    watchForFailure(this.response, () => {
      this.renderFailed = true;
    });
  }

  private end(response: ServerResponse): void {
    const { renderFailed, waiting } = this;
    const { statusCode: status } = response;
    const ending = { status, complete: isComplete(response), renderFailed };
    this.ending = ending;
    // What the request has started may live on, such as a connection; it must not keep the request.
    this.response = undefined;
    this.waiting = [];
    for (const resolve of waiting) resolve(ending);
  }
}

/** A stream of events has no end of its own: whoever listens has had what was sent. */
function isComplete(response: ServerResponse): boolean {
  if (response.writableFinished) return true;
  return response.headersSent && /event-stream/.test(String(response.getHeader('content-type')));
}
