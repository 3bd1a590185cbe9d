import type { ExposureCounters, Omission } from '../client.ts';
import { Tally } from '../delivery/tally.ts';

/** Counts exposures, and those that are none because they have been seen before. */
export class ExposureTally extends Tally {
  deduplicated = 0;
  private readonly omitted: Record<Omission, number> = { unseen: 0, withheld: 0 };

  override get counters(): ExposureCounters {
    return { ...super.counters, deduplicated: this.deduplicated, ...this.omitted };
  }

  omit(why: Omission, count: number): void {
    this.omitted[why] += count;
  }
}
