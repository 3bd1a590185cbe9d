import type { EvaluationContext, Exposure, Resolution } from '@halyard/core';
import type { ExposureDispatcher } from './dispatch.ts';
import { brief, outcomeOf, subjectOf } from './identity.ts';
import type { ExposureLedger } from './ledger.ts';
import type { ExposureTally } from './tally.ts';

/** Whose read it was, and of which definitions. */
export interface Reader {
  readonly context: EvaluationContext;
  readonly version: string;
}

/**
 * The reading path's end of the exposures. What counts is a flag that gave the reader something:
 * errors and defaults for want of a value do not, nor does a flag that is switched off.
 */
export class ExposureRecorder {
  private readonly ledger: ExposureLedger;
  private readonly dispatcher: ExposureDispatcher;
  private readonly tally: ExposureTally;
  /**
   * The clock's last reading, which the window is of too: that of the latest snapshot. A read takes
   * none of its own.
   */
  now = 0;

  constructor(ledger: ExposureLedger, dispatcher: ExposureDispatcher, tally: ExposureTally) {
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.tally = tally;
  }

  /** Never throws. */
  record(
    flagKey: string,
    resolution: Resolution,
    reader: Reader,
    origin: Exposure['origin'] = 'server',
  ): void {
    if (!isSeen(resolution)) return;
    const { context, version } = reader;
    const targetingKey = subjectOf(context);
    const outcome = outcomeOf(resolution);
    const subject = targetingKey === undefined ? undefined : brief(targetingKey);
    if (!this.ledger.admit(subject, flagKey, outcome)) {
      this.tally.deduplicated++;
      return;
    }
    const { window } = this.ledger;
    this.dispatcher.accept({
      flagKey,
      resolution,
      outcome,
      targetingKey,
      context,
      version,
      window,
      evaluatedAt: this.now,
      origin,
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
