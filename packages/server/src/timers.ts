/** The longest a Node timer can wait, in milliseconds; anything above would fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** A timer that lets the process end. Waits at most {@link LONGEST_TIMER}. */
export function backgroundTimer(run: () => void, ms: number): NodeJS.Timeout {
  const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_TIMER));
  timer.unref();
  return timer;
}

/** Waits in the background; ends early when the signal aborts. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = backgroundTimer(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** Resolves when the work has settled or the time is over, whichever comes first. */
export function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = backgroundTimer(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(end, end);
  });
}

/**
 * Keeps the process alive until the work has settled. Everything else here lets it end; but somebody
 * awaits this work, and Node breaks off a program whose last pending promise nothing holds.
 */
export function awaited<T>(work: Promise<T>): Promise<T> {
  const hold = setInterval(() => {}, LONGEST_TIMER);
  return work.finally(() => clearInterval(hold));
}
