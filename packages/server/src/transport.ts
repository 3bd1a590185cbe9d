import { setMaxListeners } from 'node:events';
import { HalyardError, type HttpRequest, type HttpResponse } from '@halyard/core';
import type { TransportSettings } from './settings.ts';
import { backgroundTimer, pause } from './timers.ts';
import { type Agents, loadAgents } from './transport/agents.ts';
import { type Answer, exchange, requireHttp } from './transport/exchange.ts';
import { type Failure, FailureReport } from './transport/failure.ts';
import { follow, type StreamListener } from './transport/follow.ts';
import { retryPause } from './transport/retry.ts';
import { forward } from './transport/signals.ts';

/** Options of {@link Transport.send}. */
export interface SendOptions {
  /** Breaks the request off. */
  readonly signal?: AbortSignal;
  /** Milliseconds for all tries together. Default: no bound but those of each try. */
  readonly within?: number;
}

/** Makes HTTP requests. The only place that does. */
export interface Transport {
  /**
   * Makes a request, again if it fails in a way that may pass. Resolves for 2xx and 304, and for the
   * request's `answerStatuses`, with the time it took. Rejects with a HalyardError, REQUEST_FAILED or
   * DEADLINE_EXCEEDED, that holds no credential.
   */
  send(request: HttpRequest, options?: SendOptions): Promise<Answer>;
  /**
   * Follows a stream of server-sent events over a connection of its own, which keeps no process alive.
   * Resolves when the other side ends it; rejects with a HalyardError, as `send` does, when it cannot
   * be had, breaks, or is silent for too long. It is not tried again.
   */
  stream(request: HttpRequest, listener: StreamListener): Promise<void>;
  /**
   * Loads what requests need, so that the first one does not: it takes the thread for some 100 ms. For
   * those who will make requests, but not yet.
   */
  prepare(): void;
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
  /** Milliseconds for all tries together. */
  readonly within: number;
  /** When they are over, by `performance.now()`. */
  readonly endsAt: number;
}

class UndiciTransport implements Transport {
  private readonly settings: TransportSettings;
  private readonly clock: () => number;
  private agents: Promise<Agents> | undefined;
  private readonly closing = new AbortController();

  constructor(settings: TransportSettings, clock: () => number) {
    this.settings = settings;
    this.clock = clock;
    // Every request under way listens, and however many there are is no leak.
    setMaxListeners(0, this.closing.signal);
  }

  async send(
    request: HttpRequest,
    { signal, within = Number.POSITIVE_INFINITY }: SendOptions = {},
  ): Promise<Answer> {
    requireHttp(request);
    const cancel = new AbortController();
    const forget = forward([signal, this.closing.signal], cancel);
    const start = performance.now();
    try {
      const answer = await this.try({
        request,
        report: new FailureReport(request),
        signal: cancel.signal,
        within,
        endsAt: start + within,
      });
      return { ...answer, durationMs: performance.now() - start };
    } finally {
      forget();
    }
  }

  async stream(request: HttpRequest, listener: StreamListener): Promise<void> {
    requireHttp(request);
    const report = new FailureReport(request);
    const cancel = new AbortController();
    const forget = forward([listener.signal, this.closing.signal], cancel);
    const { timeout } = this.settings;
    try {
      const { streams } = await this.connections();
      await follow(streams, request, { ...listener, signal: cancel.signal, timeout });
    } catch (thrown) {
      throw cancel.signal.aborted ? report.cancelled() : report.stream(thrown);
    } finally {
      forget();
    }
  }

  prepare(): void {
    if (this.closing.signal.aborted) return;
    // Whatever it is, the first request meets it again, and reports it.
    this.connections().catch(() => {});
  }

  async close(): Promise<void> {
    this.closing.abort();
    // That undici could not be loaded has been reported by the requests that needed it.
    const agents = await this.agents?.catch(() => undefined);
    await Promise.all([agents?.exchanges.destroy(), agents?.streams.destroy()]);
  }

  private async try(call: Call): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(call);
      if ('status' in outcome) return outcome;
      if (call.signal.aborted) throw call.report.cancelled();
      if (!outcome.mayRetry || attempt >= this.settings.maxAttempts) throw outcome.error;
      const wait = retryPause(attempt, outcome.retryAfter, this.clock());
      if (wait === undefined || performance.now() + wait >= call.endsAt) throw outcome.error;
      await pause(wait, call.signal);
      if (call.signal.aborted) throw call.report.cancelled();
    }
  }

  private async attempt(call: Call): Promise<Answer | Failure> {
    const { request, report, signal } = call;
    const { maxResponseBytes } = this.settings;
    const remaining = Math.max(0, call.endsAt - performance.now());
    const timeout = Math.min(this.settings.timeout, remaining);
    const stop = new AbortController();
    const forget = forward([signal], stop);
    let late = false;
    const timer = backgroundTimer(() => {
      late = true;
      stop.abort();
    }, timeout);
    try {
      const limits = { timeout, maxResponseBytes, signal: stop.signal };
      const { exchanges } = await this.connections();
      const response = await exchange(exchanges, request, limits);
      return isUsable(response, request) ? response : report.status(response);
    } catch (thrown) {
      if (!late) return report.thrown(thrown, maxResponseBytes);
      if (timeout === remaining) return { error: report.deadline(call.within), mayRetry: false };
      return report.timeout(timeout);
    } finally {
      clearTimeout(timer);
      forget();
    }
  }

  private connections(): Promise<Agents> {
    if (this.closing.signal.aborted) {
      throw new HalyardError('transport', 'REQUEST_FAILED', 'the client is closed.');
    }
    this.agents ??= loadAgents().catch((thrown: unknown) => {
      // What kept it from being loaded, such as too many open files, may pass: the next request tries.
      this.agents = undefined;
      throw thrown;
    });
    return this.agents;
  }
}

/** A redirect that was not followed is as much of a failure as an error is. */
function isUsable({ status }: HttpResponse, { answerStatuses }: HttpRequest): boolean {
  return status < 300 || status === 304 || answerStatuses?.includes(status) === true;
}
