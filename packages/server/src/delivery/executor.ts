import { type ExposureExecutor, HalyardError } from '@halyard/core';
import { OptionGroup } from '../option-group.ts';

/** Options of {@link background}. */
export interface BackgroundOptions {
  /** How many tasks run at a time. Default: 1. */
  readonly concurrency?: number;
  /** The most tasks waiting; more are refused. Default: 1000. */
  readonly maxQueued?: number;
}

/**
 * Milliseconds a task waits for more to come along. The timer holds the process, unlike all others:
 * it is over in no time, and a program that ends meanwhile would lose its last exposures.
 */
const LINGER = 10;

/**
 * Sends exposures as part of reading: what is read in one turn of the event loop goes together, at
 * once. A read that gives a promise, as those of OpenFeature do, waits until its exposure is sent, at
 * most `exposures.sendTimeout`, so that nothing is under way when a program is done with it. Reads
 * that give their value at once (`get`, `details`) cannot wait, and do not.
 */
export function inline(): ExposureExecutor {
  return { holdsReads: true, submit: (task) => task() };
}

/**
 * Sends exposures a moment later, so that those of many requests go together, and no more than
 * `concurrency` batches at a time. No read waits for it.
 */
export function background(options: BackgroundOptions = {}): ExposureExecutor {
  const group = new OptionGroup('background', options, ['concurrency', 'maxQueued']);
  return new BackgroundExecutor(group.count('concurrency', 1), group.count('maxQueued', 1000));
}

type Task = () => Promise<void>;

class BackgroundExecutor implements ExposureExecutor {
  private readonly concurrency: number;
  private readonly maxQueued: number;
  private waiting: Task[] = [];
  private running = 0;
  private timer: NodeJS.Timeout | undefined;
  private drainers: (() => void)[] = [];

  constructor(concurrency: number, maxQueued: number) {
    this.concurrency = concurrency;
    this.maxQueued = maxQueued;
  }

  submit(task: Task): void {
    if (this.waiting.length >= this.maxQueued) {
      const message = `${this.maxQueued} tasks are waiting (\`background.maxQueued\`).`;
      throw new HalyardError('background', 'REQUEST_FAILED', message);
    }
    this.waiting.push(task);
    this.timer ??= setTimeout(() => this.next(), LINGER);
  }

  drain(): Promise<void> {
    if (this.waiting.length === 0 && this.running === 0) return Promise.resolve();
    const drained = new Promise<void>((resolve) => this.drainers.push(resolve));
    this.next();
    return drained;
  }

  private next(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.running < this.concurrency) {
      const task = this.waiting.shift();
      if (task === undefined) break;
      void this.run(task);
    }
    if (this.waiting.length > 0 || this.running > 0) return;
    const drainers = this.drainers;
    this.drainers = [];
    for (const resolve of drainers) resolve();
  }

  private async run(task: Task): Promise<void> {
    this.running++;
    try {
      await task();
    } catch {
      // Tasks do not reject; one that does all the same has no result that anybody could miss.
    }
    this.running--;
    this.next();
  }
}
