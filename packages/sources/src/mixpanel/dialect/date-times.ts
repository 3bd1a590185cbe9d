const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a point in time, such as `2026-07-16T05:30:00.5+05:30`, in whole Unix seconds; parts of a second
 * are cut. Undefined for anything else: other forms, days that no month has, and times without an offset.
 */
export function parseDateTime(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = DATE_TIME.exec(value.trim().toUpperCase());
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = offsetOf(match);
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  if (day < 1 || day > daysIn(year, month)) return undefined;
  return daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
}

/** Reads Unix milliseconds, in whole seconds towards zero; undefined for what is none. */
export function parseMilliseconds(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) < 2 ** 63)) return undefined;
  return Math.trunc(value / 1000);
}

/** Seconds; undefined for an offset that is none. */
function offsetOf([, , , , , , , sign, hours, minutes]: RegExpExecArray): number | undefined {
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}

/** None, for months that do not exist. */
function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** By the Gregorian calendar, also for the years before it; `Date.UTC` takes years below 100 for others. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const leapDays =
    Math.floor((year + 3) / 4) - Math.floor((year + 99) / 100) + Math.floor((year + 399) / 400);
  let days = year * 365 + leapDays + day - 1;
  for (let m = 1; m < month; m++) days += daysIn(year, m);
  return days - DAYS_BEFORE_1970;
}

/** From the beginning of the year 0. */
const DAYS_BEFORE_1970 = 719_528;
