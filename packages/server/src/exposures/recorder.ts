import type { EvaluationContext, Exposure, FlagSource, Resolution } from '@halyard/core';
import type { Pipeline } from '../delivery/pipeline.ts';
import { brief, outcomeOf, subjectOf, targetingKeyOf } from './identity.ts';
import type { ExposureLedger } from './ledger.ts';
import type { Sighting } from './sighting.ts';
import type { ExposureTally } from './tally.ts';

/** Whose read it was, and of which definitions. */
export interface Reader {
  readonly context: EvaluationContext;
  readonly version: string;
}

/** What the recorder needs of its client. */
export interface RecorderOptions {
  readonly ledger: ExposureLedger;
  readonly pipeline: Pipeline<Sighting, Exposure>;
  readonly tally: ExposureTally;
  /** Whom the backend counts for; undefined where that is the targeting key. */
  readonly subject: FlagSource['subject'];
  /** When the backend gave the definitions of a version; undefined where it did not. */
  readonly loadedAt: (version: string) => number | undefined;
}

/** More reads than one turn has, but for a long loop: those settle as they go. */
const MAX_UNSETTLED = 4096;

const soon = Promise.resolve();

/** A read whose consequences are put off. */
interface Read {
  readonly flagKey: string;
  readonly resolution: Resolution;
  readonly reader: Reader;
  readonly targetingKey: string | undefined;
  readonly subject: string | undefined;
  readonly now: number;
  readonly origin: Exposure['origin'];
}

/**
 * The reading path's end of the exposures. A read is only written down; whether it counts is settled
 * once the code that reads has given way, since who has seen what takes longer to look up than most
 * flags take to evaluate. What counts is a flag that gave the reader something: errors and defaults
 * for want of a value do not, nor does a flag that is switched off, nor what somebody has chosen in place
 * of the backend.
 */
export class ExposureRecorder {
  private readonly options: RecorderOptions;
  private readonly settleLater = (): void => this.settle();
  private reads: Read[] = [];
  /**
   * The clock's last reading, which the window is of too: that of the latest snapshot. A read takes
   * none of its own.
   */
  now = 0;

  constructor(options: RecorderOptions) {
    this.options = options;
  }

  /** Never throws. */
  record(
    flagKey: string,
    resolution: Resolution,
    reader: Reader,
    origin: Exposure['origin'] = 'server',
  ): void {
    const { reads, now } = this;
    // Who reads is asked at once, because the context may be used again for somebody else.
    const targetingKey = targetingKeyOf(reader.context);
    const subject = subjectOf(reader.context, targetingKey, this.options.subject);
    if (reads.length === 0) void soon.then(this.settleLater);
    reads.push({ flagKey, resolution, reader, targetingKey, subject, now, origin });
    if (reads.length >= MAX_UNSETTLED) this.settle();
  }

  /** Counts what was read until now. To be called before anybody looks at the counters. */
  settle(): void {
    const { reads } = this;
    if (reads.length === 0) return;
    this.reads = [];
    for (const read of reads) this.count(read);
  }

  private count(read: Read): void {
    const { flagKey, resolution, subject } = read;
    if (!isSeen(resolution)) return;
    const { ledger, pipeline, tally, loadedAt } = this.options;
    if (resolution.reason === 'OVERRIDE') {
      tally.overridden++;
      return;
    }
    const outcome = outcomeOf(resolution);
    if (!ledger.admit(subject === undefined ? undefined : brief(subject), flagKey, outcome)) {
      tally.deduplicated++;
      return;
    }
    const { context, version } = read.reader;
    pipeline.accept({
      flagKey,
      resolution,
      outcome,
      targetingKey: read.targetingKey,
      subject,
      context,
      version,
      definitionsLoadedAt: loadedAt(version),
      window: ledger.window,
      evaluatedAt: read.now,
      origin: read.origin,
    });
  }
}

function isSeen(resolution: Resolution): boolean {
  const { variant, value, enabled, payload, reason, errorCode, isDefault } = resolution;
  if (errorCode !== undefined || reason === 'DISABLED' || isDefault) return false;
  return (
    value !== undefined || variant !== undefined || enabled !== undefined || payload !== undefined
  );
}
