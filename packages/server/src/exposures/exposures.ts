import type { ExposureCounters, Omission } from '../client.ts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import { EXPOSURES } from '../delivery/wording.ts';
import type { EventHub } from '../events.ts';
import type { Settings } from '../settings.ts';
import type { Transport } from '../transport.ts';
import type { Warnings } from '../warnings.ts';
import { ExposureLedger } from './ledger.ts';
import { openSinks } from './open-sinks.ts';
import { ExposureRecorder, type RecorderOptions } from './recorder.ts';
import { exposureOf, type Sighting } from './sighting.ts';
import { ExposureTally } from './tally.ts';

/** A client's exposures, from the read to the sinks. */
export interface Exposures {
  /** Undefined when nothing is counted. */
  readonly recorder: ExposureRecorder | undefined;
  readonly counters: ExposureCounters;
  /** Takes the time of what is read next, and begins a new de-duplication window when it has come. */
  advance(now: number): void;
  /** Counts what was read and is no exposure. */
  omit(why: Omission, count: number): void;
  /** Counts what was read until now. To be called before anything is delivered. */
  settle(): void;
}

interface ExposuresOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  /** To the backend; tries once. */
  readonly transport: Transport;
  readonly dispatcher: Dispatcher;
  readonly loadedAt: RecorderOptions['loadedAt'];
}

/**
 * Puts the pipeline together; without a sink, one that counts nothing. Throws a HalyardError
 * INVALID_OPTION when a sink cannot serve this client.
 */
export function openExposures(options: ExposuresOptions): Exposures {
  const { events, warnings, transport, dispatcher, loadedAt } = options;
  const { source, clock, exposures: settings } = options.settings;
  const tally = new ExposureTally({
    wording: EXPOSURES,
    warnings,
    tell: (dropped) => events.emit('exposuresDropped', dropped),
  });
  if (settings.sinks.length === 0) return new NoExposures(tally);
  const ledger = new ExposureLedger({
    windowLength: settings.dedupeWindow,
    maxSubjects: settings.maxSubjects,
  });
  const pipeline = dispatcher.open({
    wording: EXPOSURES,
    sinks: openSinks(settings.sinks, { source, transport, warnings }),
    tally,
    limits: { ...settings, clock },
    warnings,
    itemOf: (sighting: Sighting) => exposureOf(source.name, sighting),
    onSent: (sink, batch) => events.emit('exposuresSent', { sink, batch }),
  });
  const { subject } = source;
  return new CountedExposures({ ledger, pipeline, tally, subject, loadedAt });
}

class CountedExposures implements Exposures {
  readonly recorder: ExposureRecorder;
  private readonly ledger: ExposureLedger;
  private readonly tally: ExposureTally;

  constructor(options: RecorderOptions) {
    this.recorder = new ExposureRecorder(options);
    this.ledger = options.ledger;
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

  omit(why: Omission, count: number): void {
    this.tally.omit(why, count);
  }

  settle(): void {
    this.recorder.settle();
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

  omit(): void {}

  settle(): void {}
}
