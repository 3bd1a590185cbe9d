import { isOrdered, type Order } from './order.ts';
import { parseRelativeDate, type TimeBefore } from './relative-date.ts';
import type { Operation } from './test.ts';
import { textOf } from './texts.ts';
import { FAILED, MISSING, NO, UNSUPPORTED, YES } from './verdict.ts';

/**
 * `is_date_before` and `is_date_after`, to the millisecond. Texts are read as JavaScript reads dates:
 * without a time and without a zone they are UTC, with a time and without a zone the process's own.
 */
export function dateComparison(target: unknown, wanted: Order): Operation {
  if (textOf(target) === undefined) return { test: () => FAILED, isUsable: true, ofNull: NO };
  const filter = timeOfFilter(target);
  if (filter === undefined) return { test: () => UNSUPPORTED, isUsable: false, ofNull: NO };
  return {
    test: (value, clock) => {
      const given = timeOf(value);
      const limit = typeof filter === 'number' ? filter : timeBefore(filter, clock.now);
      if (given === undefined || limit === undefined) return MISSING;
      return isOrdered(given, limit, wanted) ? YES : NO;
    },
    isUsable: true,
    ofNull: NO,
  };
}

function timeOfFilter(target: unknown): number | TimeBefore | undefined {
  if (typeof target === 'boolean') return undefined;
  return parseRelativeDate(textOf(target) ?? '') ?? timeOf(target);
}

/** Without a clock, nobody can tell when `3 days ago` was. */
function timeBefore(filter: TimeBefore, now: number | undefined): number | undefined {
  return now === undefined ? undefined : filter(now);
}

/** Unix milliseconds; NaN for a `Date` that is none, which is neither before nor after anything. */
function timeOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const time = new Date(value).getTime();
  return Number.isNaN(time) ? undefined : time;
}
