import { HalyardError, isHalyardError, messageOf } from '@halyard/core';
import { askedPause } from '../retry-advice.ts';
import type { RefreshSettings } from '../settings.ts';
import { backgroundTimer } from '../timers.ts';
import type { LoadResult } from './held.ts';
import { nextPause } from './pace.ts';

/** What the refresher needs of its client. */
export interface RefresherOptions {
  readonly part: string;
  readonly refresh: Pick<RefreshSettings, 'interval' | 'maxBackoff'>;
  /** Milliseconds after which an attempt that has not ended no longer stands in the way of others. */
  readonly attemptLimit: number;
  readonly clock: () => number;
  load(signal: AbortSignal): Promise<LoadResult>;
  /** Looks for news where that costs little; see {@link Refresher.glance}. */
  glance?(signal: AbortSignal): Promise<LoadResult>;
  onLoaded(result: LoadResult): void;
  onFailed(error: HalyardError): void;
}

/** One attempt under way. */
interface Flight {
  readonly kind: 'load' | 'glance';
  readonly serial: number;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/**
 * Decides when definitions are loaded. At most one attempt is under way and everybody shares it; the
 * next is scheduled when it ends, whatever its end. An attempt that exceeds its limit is given up,
 * and its result counts only if no newer attempt has brought one.
 */
export class Refresher {
  private readonly options: RefresherOptions;
  private flight: Flight | undefined;
  private timer: NodeJS.Timeout | undefined;
  private started = 0;
  /** The serial of the newest attempt whose result is in use. */
  private newest = 0;
  private failures = 0;
  /** Milliseconds that the latest failure asked us to wait. */
  private asked = 0;
  private again = false;
  private hasNews = false;
  /** Whether there has been an attempt out of turn since the last one that was scheduled. */
  private wasEarly = false;
  private stopped = false;
  /**
   * When the next attempt is due, by the clock. Timers do the waiting; where they are frozen between
   * requests, a read that comes later than this starts the attempt.
   */
  dueAt = Number.POSITIVE_INFINITY;

  constructor(options: RefresherOptions) {
    this.options = options;
  }

  /** Resolves when the attempt under way, or else a new one, has ended. Never rejects. */
  refresh(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    if (this.flight?.kind === 'glance') {
      this.again = true;
      return this.flight.ended.then(() => this.refresh());
    }
    this.flight ??= this.start('load');
    return this.flight.ended;
  }

  /**
   * Something has changed, which can be had without a full attempt. Neither counts as one nor changes
   * when the next is due.
   */
  glance(): void {
    this.hasNews = true;
    if (this.flight === undefined && !this.stopped) this.flight = this.start('glance');
  }

  /** Resolves when an attempt has ended that began after this call. Never rejects. */
  async refreshAnew(): Promise<void> {
    await this.flight?.ended;
    await this.refresh();
  }

  /** What is being loaded has changed: an attempt under way may have seen it before. */
  changed(): void {
    if (this.flight === undefined) void this.refresh();
    else this.again = true;
  }

  /**
   * Changes may have gone unseen. Whoever says so over and over gets one attempt for each scheduled
   * one, and else waits for the schedule, which slows down when attempts fail.
   */
  missed(): void {
    if (this.wasEarly) return;
    this.wasEarly = true;
    this.changed();
  }

  stop(): void {
    this.stopped = true;
    this.dueAt = Number.POSITIVE_INFINITY;
    clearTimeout(this.timer);
    this.flight?.abort.abort();
    this.flight?.end();
    this.flight = undefined;
  }

  private start(kind: Flight['kind']): Flight {
    if (kind === 'glance') {
      this.hasNews = false;
    } else {
      clearTimeout(this.timer);
      this.dueAt = Number.POSITIVE_INFINITY;
      this.again = false;
    }
    const { promise, resolve } = settledLater();
    const flight: Flight = {
      kind,
      serial: ++this.started,
      abort: new AbortController(),
      ended: promise,
      end: resolve,
    };
    const limit = backgroundTimer(() => this.giveUp(flight), this.options.attemptLimit);
    this.load(flight)
      .then(
        (result) => this.succeed(flight, result),
        (thrown: unknown) => this.fail(flight, this.asError(thrown)),
      )
      .finally(() => clearTimeout(limit));
    return flight;
  }

  private async load({ kind, abort: { signal } }: Flight): Promise<LoadResult> {
    const { load, glance } = this.options;
    return kind === 'glance' && glance !== undefined ? glance(signal) : load(signal);
  }

  private succeed(flight: Flight, result: LoadResult): Promise<void> | void {
    if (this.stopped || flight.serial < this.newest) return;
    this.newest = flight.serial;
    try {
      this.options.onLoaded(result);
    } catch (thrown) {
      // Whatever taking over the result threw, the next attempt must still come.
      this.fail(flight, this.asError(thrown));
      return;
    }
    if (flight.kind === 'load') this.failures = 0;
    if (result.afterwards === undefined) this.end(flight);
    else return result.afterwards().finally(() => this.end(flight));
  }

  private fail(flight: Flight, error: HalyardError): void {
    // A flight that was given up has already counted as failed.
    if (this.stopped || this.flight !== flight) return;
    this.failures++;
    this.asked = askedPause(error, this.options.clock());
    this.options.onFailed(error);
    this.end(flight);
  }

  private giveUp(flight: Flight): void {
    const { part, attemptLimit } = this.options;
    const message = `loading the definitions took longer than ${attemptLimit} ms.`;
    this.fail(flight, new HalyardError(part, 'DEADLINE_EXCEEDED', message));
    flight.abort.abort();
  }

  private end(flight: Flight): void {
    flight.end();
    if (this.flight !== flight) return;
    this.flight = undefined;
    if (this.again) void this.refresh();
    else if (flight.kind === 'load') this.schedule();
    if (this.hasNews) this.glance();
  }

  private schedule(): void {
    const pause = nextPause(this.options.refresh, this.failures, { asked: this.asked });
    this.dueAt = this.options.clock() + pause;
    this.timer = backgroundTimer(() => {
      this.wasEarly = false;
      void this.refresh();
    }, pause);
  }

  private asError(thrown: unknown): HalyardError {
    if (isHalyardError(thrown)) return thrown;
    const message = `the definitions could not be loaded: ${messageOf(thrown)}`;
    return new HalyardError(this.options.part, 'REQUEST_FAILED', message);
  }
}

function settledLater(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
