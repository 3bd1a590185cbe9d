import type { RefreshSettings } from '../settings.ts';

/** How far from the interval a pause may be, as a fraction of it. */
const JITTER = 0.1;
/** Doubling this often is past any cap; a larger exponent would overflow to Infinity. */
const MAX_DOUBLINGS = 30;

/** What a pause depends on beside the settings. */
export interface PauseOptions {
  /** Milliseconds that the backend asked to wait when it failed. Default: 0. */
  readonly asked?: number;
  /** From 0 to 1. */
  readonly random?: number;
}

/**
 * Milliseconds until the next attempt. After a success the interval, ± 10 %, so that many processes
 * spread out. After failures the pause doubles each time, or is what the backend asked for if that is
 * more, up to `maxBackoff`. It is never shorter than the interval: a backend in trouble is not asked more
 * often than a healthy one. There is no number of failures after which attempts end.
 */
export function nextPause(
  { interval, maxBackoff }: Pick<RefreshSettings, 'interval' | 'maxBackoff'>,
  failures: number,
  { asked = 0, random = Math.random() }: PauseOptions = {},
): number {
  if (failures === 0) return interval * (1 - JITTER + 2 * JITTER * random);
  const pause = Math.min(interval * 2 ** Math.min(failures - 1, MAX_DOUBLINGS), maxBackoff);
  return Math.max(interval, Math.min(asked, maxBackoff), pause * (1 - JITTER * random));
}

/** Milliseconds that a worker waits at least, and how many more at most, while a cache is empty. */
const EMPTY_CACHE_PAUSE = { least: 500, spread: 1000 };

/**
 * Milliseconds that a worker which is not to fetch waits for definitions in an empty cache. Random, so
 * that those who wait do not all ask the backend at once should none come.
 */
export function emptyCachePause(random: number = Math.random()): number {
  return EMPTY_CACHE_PAUSE.least + EMPTY_CACHE_PAUSE.spread * random;
}

/**
 * The age, in milliseconds, from which a worker no longer relies on another's refreshes: five intervals,
 * or half the age at which definitions count as stale if that is less.
 */
export function selfHelpAge({
  interval,
  staleAfter,
}: Pick<RefreshSettings, 'interval' | 'staleAfter'>): number {
  return Math.max(2 * interval, Math.min(5 * interval, staleAfter / 2));
}

/** The pause after the first loss of a stream, in milliseconds, unless the stream asks for another. */
export const FIRST_RECONNECT = 1000;
const SHORTEST_RECONNECT = 100;
const LONGEST_RECONNECT = 30_000;

/**
 * Milliseconds until a stream is connected to again: `first`, as far as that is sensible, doubling
 * with each connection that brought nothing, up to 30 seconds. Up to half of it less, at random: all
 * who lost the same server do not come back together.
 */
export function reconnectPause(
  first: number,
  fruitless: number,
  random: number = Math.random(),
): number {
  const start = Math.min(Math.max(first, SHORTEST_RECONNECT), LONGEST_RECONNECT);
  const doublings = Math.min(Math.max(fruitless - 1, 0), MAX_DOUBLINGS);
  return Math.min(start * 2 ** doublings, LONGEST_RECONNECT) * (1 - random / 2);
}
