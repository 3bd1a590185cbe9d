import type { RefreshSettings } from '../settings.ts';

/** How far from the interval a pause may be, as a fraction of it. */
const JITTER = 0.1;

/**
 * Milliseconds until the next attempt. After a success the interval, ± 10 %, so that many processes
 * spread out. After failures the pause doubles each time up to `maxBackoff`, and is never shorter than
 * the interval: a backend in trouble is not asked more often than a healthy one. There is no number
 * of failures after which attempts end.
 */
export function nextPause(
  { interval, maxBackoff }: Pick<RefreshSettings, 'interval' | 'maxBackoff'>,
  failures: number,
  random: number = Math.random(),
): number {
  if (failures === 0) return interval * (1 - JITTER + 2 * JITTER * random);
  // Beyond 2^30 the product is past any cap, and a larger exponent would overflow to Infinity.
  const pause = Math.min(interval * 2 ** Math.min(failures - 1, 30), maxBackoff);
  return Math.max(interval, pause * (1 - JITTER * random));
}
