import type { Verdict } from './verdict.ts';

/** What relative dates are counted from. */
export interface Clock {
  /** Unix milliseconds; undefined where nobody knows. */
  readonly now: number | undefined;
}

/** Whether a value that is neither null nor undefined satisfies a filter. */
export type ValueTest = (value: unknown, clock: Clock) => Verdict;

/** A filter's operator with its value, compiled. */
export interface Operation {
  readonly test: ValueTest;
  /**
   * Whether the operator can use the filter's value. Where it cannot, that is the reason given even if
   * the context lacks something, too.
   */
  readonly isUsable: boolean;
  /** What null gives; undefined where null is tested like any other value. */
  readonly ofNull?: Verdict;
}
