/** The longest an answer may ask us to wait and still be tried again, in milliseconds. */
const LONGEST_WAIT = 10_000;
const FIRST_PAUSE = 200;

/** Statuses that say "not now": too slow, too many requests, or trouble that may pass. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
/** Of those, the ones that say that nothing has been done, so that even a POST may be repeated. */
const NOT_DONE: ReadonlySet<number> = new Set([429, 503]);

/** Whether a request may be made again after this status. */
export function mayRetryStatus(method: string, status: number): boolean {
  return isIdempotent(method) ? PASSING.has(status) : NOT_DONE.has(status);
}

/** Methods that do the same when done twice (RFC 9110, section 9.2.2). */
export function isIdempotent(method: string): boolean {
  return method !== 'POST';
}

/**
 * Milliseconds to wait before the next try; undefined when the server asks for more patience than one
 * request has, and so should not be asked again now. `attempt` counts from 1.
 */
export function retryPause(
  attempt: number,
  retryAfter: string | undefined,
  now: number,
): number | undefined {
  const asked = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now);
  if (asked !== undefined) return asked <= LONGEST_WAIT ? asked : undefined;
  const pause = FIRST_PAUSE * 2 ** Math.min(attempt - 1, 10);
  // Half of it at random: many processes that failed together do not come back together.
  return Math.min(pause, LONGEST_WAIT) * (0.5 + Math.random() / 2);
}

/** Retry-After as milliseconds from now: seconds or a date (RFC 9110, section 10.2.3). */
export function parseRetryAfter(value: string, now: number): number | undefined {
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
