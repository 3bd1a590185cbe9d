import { HalyardError } from '@halyard/core';
import type { ClientEvents, ExposureCounters } from '../client.ts';
import type { EventHub } from '../events.ts';
import type { Warnings } from '../warnings.ts';

/** Why an exposure was lost. */
export type LossReason = ClientEvents['exposuresDropped']['reason'];

/** How an exposure ended. */
export type Ending = 'delivered' | LossReason;

/** The topic of warnings that are about no sink in particular. */
export const PIPELINE = 'exposures';

/** A loss, and what is told about it. */
export interface Loss {
  readonly reason: LossReason;
  readonly cause?: HalyardError;
  /** Groups the warnings about one trouble, see `Warnings`. */
  readonly topic: string;
}

/** Losses not yet told about. */
interface Losses extends Loss {
  count: number;
}

/**
 * Counts where exposures go: each one that was recorded ends exactly once, so what is recorded and
 * not ended is pending. Losses are told about together at the end of the turn, off the reading path.
 */
export class ExposureTally {
  private readonly events: EventHub;
  private readonly warnings: Warnings;
  private readonly ended: Record<Ending, number> = {
    delivered: 0,
    overflowed: 0,
    failed: 0,
    refused: 0,
    abandoned: 0,
  };
  private readonly losses = new Map<string, Losses>();
  recorded = 0;
  deduplicated = 0;
  private ignored = 0;

  constructor(events: EventHub, warnings: Warnings) {
    this.events = events;
    this.warnings = warnings;
  }

  get counters(): ExposureCounters {
    const { recorded, deduplicated, ignored, ended } = this;
    const { delivered, overflowed, failed, refused, abandoned } = ended;
    const pending = recorded - delivered - overflowed - failed - refused - abandoned;
    return { recorded, deduplicated, ignored, ...ended, pending };
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
    const losses = [...this.losses.values()];
    this.losses.clear();
    for (const { reason, count, cause, topic } of losses) {
      this.warnings.once(topic, warningOf(reason, cause));
      this.events.emit('exposuresDropped', { reason, count, cause });
    }
  }
}

const ADVICE: Readonly<Record<LossReason, string>> = {
  overflowed: 'the queue is full. Raise `exposures.maxQueued`, or use a faster sink',
  failed: 'a sink did not take them',
  refused: 'the executor refused the work',
  abandoned: 'the client closed before they were sent. Give `close` a longer deadline',
};

function warningOf(reason: LossReason, cause: HalyardError | undefined): string {
  const because = cause === undefined ? '.' : `: ${cause.message}`;
  return `[halyard] [exposures] exposures are being lost: ${ADVICE[reason]}${because}`;
}

/** What a part of the exposure pipeline reports as the cause of a loss. */
export function exposureError(
  code: 'REQUEST_FAILED' | 'DEADLINE_EXCEEDED' | 'CLOSED',
  message: string,
): HalyardError {
  return new HalyardError('exposures', code, message);
}
