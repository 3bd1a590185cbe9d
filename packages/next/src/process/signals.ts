/** As much of `process` as taking over its signals needs. */
export interface SignalTarget {
  readonly pid: number;
  listeners(signal: string): unknown[];
  listenerCount(signal: string): number;
  on(signal: string, listener: (...args: unknown[]) => void): unknown;
  removeListener(signal: string, listener: (...args: unknown[]) => void): unknown;
  removeAllListeners(signal: string): unknown;
  kill(pid: number, signal: string): unknown;
}

/**
 * Puts a drain before what the process does on SIGTERM and SIGINT. Next awaits nobody else's listener
 * and exits at once when it is idle (specs/platform.md §2.2), so its own is taken off, and called
 * once the drain is over; from there on everything runs in Next's order. `drain` must settle.
 */
export function takeOverSignals(target: SignalTarget, drain: () => Promise<void>): void {
  let draining: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const originals = target.listeners(signal);
    const onSignal = async (...args: unknown[]) => {
      draining ??= drain();
      await draining;
      for (const original of originals) {
        if (typeof original === 'function') Reflect.apply(original, target, args);
      }
      // Nobody else handles the signal, and while we listen its default, to end the process, does
      // not apply either: step aside and send it again.
      if (originals.length === 0 && target.listenerCount(signal) === 1) {
        target.removeListener(signal, onSignal);
        target.kill(target.pid, signal);
      }
    };
    target.removeAllListeners(signal);
    target.on(signal, onSignal);
  }
}
