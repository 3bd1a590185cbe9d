import type { Sample } from './frame.ts';

/** Reads measured per second; more are counted, but no longer measured. */
const MOST_DURATIONS = 5000;

/** Adds up what happens within a second, and closes it when the next begins. */
export class Seconds {
  private second: number;
  private exposures = 0;
  private reads = 0;
  private durations: number[] = [];

  constructor(now: number) {
    this.second = Math.floor(now / 1000);
  }

  countRead(microseconds: number): void {
    this.reads++;
    if (this.durations.length < MOST_DURATIONS) this.durations.push(microseconds);
  }

  countExposures(count: number): void {
    this.exposures += count;
  }

  /** The second that has passed; undefined while it lasts. `now` is in Unix milliseconds. */
  close(now: number): Sample | undefined {
    const second = Math.floor(now / 1000);
    if (second === this.second) return undefined;
    const sorted = this.durations.sort((a, b) => a - b);
    const sample: Sample = {
      second: this.second,
      exposures: this.exposures,
      reads: this.reads,
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
    };
    this.second = second;
    this.exposures = 0;
    this.reads = 0;
    this.durations = [];
    return sample;
  }
}

function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
