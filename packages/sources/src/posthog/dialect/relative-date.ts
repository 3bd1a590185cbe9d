const SHAPE = /^-?([0-9]+)([a-z])$/;
const LIMIT = 10_000;
const HOUR = 3_600_000;
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['h', HOUR],
  ['d', 24 * HOUR],
  ['w', 7 * 24 * HOUR],
]);

/** A time before another one, in Unix milliseconds. */
export type TimeBefore = (now: number) => number;

/**
 * Reads a relative date such as `-3d`: a number of hours, days, weeks, months or years (`h`, `d`, `w`,
 * `m`, `y`). It lies in the past, with or without a sign. Undefined for anything else.
 */
export function parseRelativeDate(text: string): TimeBefore | undefined {
  const [, digits = '', unit = ''] = SHAPE.exec(text) ?? [];
  const count = Number.parseInt(digits, 10);
  if (!(count < LIMIT)) return undefined;
  if (unit === 'm') return (now) => monthsBefore(new Date(now), count);
  if (unit === 'y') return (now) => yearsBefore(new Date(now), count);
  const length = LENGTHS.get(unit);
  return length === undefined ? undefined : (now) => now - count * length;
}

/**
 * Goes back month by month, and stays at an earlier day once a month was too short for it: one month
 * before 31 March is the last day of February, and two months before is 28 or 29 January.
 */
function monthsBefore(date: Date, count: number): number {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  let day = date.getUTCDate();
  // No month is shorter than 28 days.
  for (let step = 1; step <= count && day > 28; step++) {
    day = Math.min(day, new Date(Date.UTC(year, month - step + 1, 0)).getUTCDate());
  }
  return date.setUTCFullYear(year, month - count, day);
}

/** The day before a leap day is what is left of it one year earlier, and so in all years before. */
function yearsBefore(date: Date, count: number): number {
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  const isLeapDay = month === 1 && day === 29;
  const year = date.getUTCFullYear() - count;
  return date.setUTCFullYear(year, month, isLeapDay && count > 0 ? 28 : day);
}
