import type { HalyardError } from '@halyard/core';
import type { DeliveryCounters, LossReason } from '../status.ts';
import type { Warnings } from '../warnings.ts';
import type { Wording } from './wording.ts';

/** How something ended. */
type Ending = 'delivered' | LossReason;

/** A loss, and what is told about it. */
export interface Loss {
  readonly reason: LossReason;
  readonly cause?: HalyardError;
  /** Groups the warnings about one trouble, see `Warnings`. */
  readonly topic: string;
}

/** Losses of one reason, as listeners are told of them. */
export interface Dropped {
  readonly reason: LossReason;
  readonly count: number;
  readonly cause: HalyardError | undefined;
}

/** Losses not yet told about. */
interface Losses extends Loss {
  count: number;
}

/** What a tally needs of its client. */
export interface TallyOptions {
  readonly wording: Wording;
  readonly warnings: Warnings;
  /** Tells the client's listeners. */
  readonly tell: (dropped: Dropped) => void;
}

/**
 * Counts where things go: each one that was recorded ends exactly once, so what is recorded and not
 * ended is pending. Losses are told about together at the end of the turn, off the reading path.
 */
export class Tally {
  private readonly options: TallyOptions;
  private readonly ended: Record<Ending, number> = {
    delivered: 0,
    overflowed: 0,
    failed: 0,
    refused: 0,
    abandoned: 0,
  };
  private readonly losses = new Map<string, Losses>();
  recorded = 0;
  private ignored = 0;

  constructor(options: TallyOptions) {
    this.options = options;
  }

  get counters(): DeliveryCounters {
    const { recorded, ignored, ended } = this;
    const { delivered, overflowed, failed, refused, abandoned } = ended;
    const pending = recorded - delivered - overflowed - failed - refused - abandoned;
    return { recorded, ignored, ...ended, pending };
  }

  deliver(): void {
    this.ended.delivered++;
  }

  /** No sink wants it: it was recorded before anybody could know. */
  ignore(): void {
    this.recorded--;
    this.ignored++;
  }

  lose(loss: Loss): void {
    const { reason, cause, topic } = loss;
    this.ended[reason]++;
    const key = `${topic}:${reason}:${cause?.message ?? ''}`;
    const losses = this.losses.get(key);
    if (losses !== undefined) {
      losses.count++;
      return;
    }
    if (this.losses.size === 0) queueMicrotask(() => this.tell());
    this.losses.set(key, { ...loss, count: 1 });
  }

  private tell(): void {
    const { wording, warnings, tell } = this.options;
    const losses = [...this.losses.values()];
    this.losses.clear();
    for (const { reason, count, cause, topic } of losses) {
      warnings.once(topic, warningOf(wording, reason, cause));
      tell({ reason, count, cause });
    }
  }
}

const ADVICE: Readonly<Record<LossReason, string>> = {
  overflowed: 'the queue is full. Raise `exposures.maxQueued`, or use a faster sink',
  failed: 'a sink did not take them',
  refused: 'the executor refused the work',
  abandoned: 'the client closed before they were sent. Give `close` a longer deadline',
};

function warningOf(
  { part, many }: Wording,
  reason: LossReason,
  cause: HalyardError | undefined,
): string {
  const because = cause === undefined ? '.' : `: ${cause.message}`;
  return `[halyard] [${part}] ${many} are being lost: ${ADVICE[reason]}${because}`;
}
