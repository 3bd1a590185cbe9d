import { HalyardError, type HttpRequest, type HttpResponse } from '@halyard/core';
import type { Agent } from 'undici';
import type { TransportSettings } from './settings.ts';
import { backgroundTimer, pause } from './timers.ts';
import { exchange, requireHttp } from './transport/exchange.ts';
import { type Failure, FailureReport } from './transport/failure.ts';
import { retryPause } from './transport/retry.ts';

/** Makes HTTP requests. The only place that does. */
export interface Transport {
  /**
   * Makes a request, again if it fails in a way that may pass. Resolves for 2xx and 304.
   * Rejects with a HalyardError, REQUEST_FAILED or DEADLINE_EXCEEDED, that holds no credential.
   */
  send(request: HttpRequest, options?: { readonly signal?: AbortSignal }): Promise<HttpResponse>;
  /** Breaks off what is under way and closes all connections. */
  close(): Promise<void>;
}

/** A transport with connections of its own: frameworks change the global `fetch`. */
export function createTransport(settings: TransportSettings, clock: () => number): Transport {
  return new UndiciTransport(settings, clock);
}

/** One request, over all of its tries. */
interface Call {
  readonly request: HttpRequest;
  readonly report: FailureReport;
  readonly signal: AbortSignal;
}

class UndiciTransport implements Transport {
  private readonly settings: TransportSettings;
  private readonly clock: () => number;
  private agent: Promise<Agent> | undefined;
  private readonly closing = new AbortController();

  constructor(settings: TransportSettings, clock: () => number) {
    this.settings = settings;
    this.clock = clock;
  }

  async send(
    request: HttpRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<HttpResponse> {
    requireHttp(request);
    const cancel = new AbortController();
    const forget = forward([options.signal, this.closing.signal], cancel);
    try {
      return await this.try({
        request,
        report: new FailureReport(request),
        signal: cancel.signal,
      });
    } finally {
      forget();
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    // That undici could not be loaded has been reported by the requests that needed it.
    const agent = await this.agent?.catch(() => undefined);
    await agent?.destroy();
  }

  private async try(call: Call): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(call);
      if ('status' in outcome) return outcome;
      if (call.signal.aborted) throw call.report.cancelled();
      if (!outcome.mayRetry || attempt >= this.settings.maxAttempts) throw outcome.error;
      const wait = retryPause(attempt, outcome.retryAfter, this.clock());
      if (wait === undefined) throw outcome.error;
      await pause(wait, call.signal);
      if (call.signal.aborted) throw call.report.cancelled();
    }
  }

  private async attempt({ request, report, signal }: Call): Promise<HttpResponse | Failure> {
    const { timeout, maxResponseBytes } = this.settings;
    const stop = new AbortController();
    const forget = forward([signal], stop);
    let late = false;
    const timer = backgroundTimer(() => {
      late = true;
      stop.abort();
    }, timeout);
    try {
      const limits = { timeout, maxResponseBytes, signal: stop.signal };
      const response = await exchange(await this.connections(), request, limits);
      return isUsable(response) ? response : report.status(response);
    } catch (thrown) {
      return late ? report.timeout(timeout) : report.thrown(thrown, maxResponseBytes);
    } finally {
      clearTimeout(timer);
      forget();
    }
  }

  private connections(): Promise<Agent> {
    if (this.closing.signal.aborted) {
      throw new HalyardError('transport', 'REQUEST_FAILED', 'the client is closed.');
    }
    // Loaded with the first request: programs whose flags are in a file never pay for it.
    this.agent ??= import('undici').then(({ Agent }) => new Agent({ pipelining: 1 }));
    return this.agent;
  }
}

/** A redirect that was not followed is as much of a failure as an error is. */
function isUsable({ status }: HttpResponse): boolean {
  return status < 300 || status === 304;
}

/** Aborts one controller when any of the signals does; returns what ends that. */
function forward(
  signals: readonly (AbortSignal | undefined)[],
  controller: AbortController,
): () => void {
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  }
  return () => {
    for (const signal of signals) signal?.removeEventListener('abort', abort);
  };
}
