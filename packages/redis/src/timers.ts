/** A timer that lets the process end. */
export function backgroundTimer(run: () => void, ms: number): NodeJS.Timeout {
  const timer = setTimeout(run, ms);
  timer.unref();
  return timer;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

/**
 * Milliseconds until the next attempt to connect, after that many failures in a row. Up to half of it
 * less, at random: all who lost the same server do not come back together.
 */
export function reconnectPause(failures: number, random: number = Math.random()): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE);
  return pause * (1 - random / 2);
}
