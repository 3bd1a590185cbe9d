import { LONGEST_TIMER } from '../timers.ts';

/** Those who wait for something, each at most for a time of their own. */
export class Waiting {
  private readonly ends = new Set<() => void>();

  /** Resolves when {@link end} is called, or after `timeout` milliseconds. Holds the process. */
  wait(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.ends.delete(end);
        resolve();
      };
      // Unlike the timers of the background: somebody awaits this.
      const timer = setTimeout(end, Math.min(timeout, LONGEST_TIMER));
      this.ends.add(end);
    });
  }

  /** Lets everybody go who waits now. */
  end(): void {
    for (const end of [...this.ends]) end();
  }
}
