import type { ExposureCounters } from '../client.ts';
import type { EventHub } from '../events.ts';
import type { Outside } from '../outside.ts';
import type { Settings } from '../settings.ts';
import type { Transport } from '../transport.ts';
import type { Warnings } from '../warnings.ts';
import { ExposureDispatcher } from './dispatch.ts';
import { ExposureLedger } from './ledger.ts';
import { openSinks } from './open-sinks.ts';
import { ExposureRecorder, type RecorderOptions } from './recorder.ts';
import { ExposureTally } from './tally.ts';

/** A client's exposures, from the read to the sinks. */
export interface Exposures {
  /** Undefined when nothing is counted. */
  readonly recorder: ExposureRecorder | undefined;
  readonly counters: ExposureCounters;
  /** Takes the time of what is read next, and begins a new de-duplication window when it has come. */
  advance(now: number): void;
  /** Resolves when what was read in this turn has been sent, where the executor has reads wait. */
  settled(): Promise<void>;
  flush(deadline: number): Promise<void>;
  close(deadline: number): Promise<void>;
}

interface ExposuresOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  readonly outside: Outside;
  /** To the backend; tries once. */
  readonly transport: Transport;
}

/**
 * Puts the pipeline together; without a sink, one that counts nothing. Throws a HalyardError
 * INVALID_OPTION when a sink cannot serve this client.
 */
export function openExposures(options: ExposuresOptions): Exposures {
  const { events, warnings, outside, transport } = options;
  const { source, clock, exposures: settings } = options.settings;
  const tally = new ExposureTally(events, warnings);
  if (settings === undefined) return new NoExposures(tally);
  const ledger = new ExposureLedger({
    windowLength: settings.dedupeWindow,
    maxSubjects: settings.maxSubjects,
  });
  const dispatcher = new ExposureDispatcher({
    source: source.name,
    sinks: openSinks(settings.sinks, { source: options.settings.source, transport, warnings }),
    settings,
    clock,
    outside,
    events,
    warnings,
    tally,
  });
  const { subject } = source;
  return new CountedExposures({ ledger, dispatcher, tally, subject });
}

class CountedExposures implements Exposures {
  readonly recorder: ExposureRecorder;
  private readonly ledger: ExposureLedger;
  private readonly dispatcher: ExposureDispatcher;
  private readonly tally: ExposureTally;

  constructor(options: RecorderOptions) {
    this.recorder = new ExposureRecorder(options);
    this.ledger = options.ledger;
    this.dispatcher = options.dispatcher;
    this.tally = options.tally;
  }

  get counters(): ExposureCounters {
    this.recorder.settle();
    return this.tally.counters;
  }

  advance(now: number): void {
    this.recorder.now = now;
    if (now < this.ledger.windowEnd) return;
    // What was read until now belongs to the window that ends.
    this.recorder.settle();
    this.ledger.advance(now);
  }

  settled(): Promise<void> {
    this.recorder.settle();
    return this.dispatcher.settled();
  }

  flush(deadline: number): Promise<void> {
    this.recorder.settle();
    return this.dispatcher.flush(deadline);
  }

  close(deadline: number): Promise<void> {
    this.recorder.settle();
    return this.dispatcher.close(deadline);
  }
}

class NoExposures implements Exposures {
  readonly recorder = undefined;
  private readonly tally: ExposureTally;

  constructor(tally: ExposureTally) {
    this.tally = tally;
  }

  get counters(): ExposureCounters {
    return this.tally.counters;
  }

  advance(): void {}

  async settled(): Promise<void> {}

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
