import type { ExposureCounters, Omission } from '../client.ts';
import { Tally } from '../delivery/tally.ts';

/** Counts exposures, and what is none: seen before, chosen by somebody, or omitted. */
export class ExposureTally extends Tally {
  deduplicated = 0;
  overridden = 0;
  private readonly omitted: Record<Omission, number> = { unseen: 0, withheld: 0 };

  override get counters(): ExposureCounters {
    const { deduplicated, overridden, omitted } = this;
    return { ...super.counters, deduplicated, overridden, ...omitted };
  }

  omit(why: Omission, count: number): void {
    this.omitted[why] += count;
  }
}
