/** The newest entries of something that goes on, and who waits for more of it. */
export class BoundedLog<T> {
  /** Oldest first. Always the same array. */
  readonly entries: T[] = [];
  private readonly limit: number;
  private count = 0;
  private waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** `limit`: how many entries are kept; older ones are dropped. Default: all. */
  constructor(limit = Number.POSITIVE_INFINITY) {
    this.limit = limit;
  }

  /** How many entries there were, dropped ones included. */
  get total(): number {
    return this.count;
  }

  add(entry: T): T {
    this.count++;
    this.entries.push(entry);
    if (this.entries.length > this.limit) this.entries.shift();
    const reached = this.waiting.filter(({ count }) => count <= this.count);
    this.waiting = this.waiting.filter(({ count }) => count > this.count);
    for (const { resolve } of reached) resolve();
    return entry;
  }

  /** Resolves with the kept entries once there were at least `count`. */
  async reached(count: number): Promise<readonly T[]> {
    if (this.count < count) {
      await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    }
    return this.entries;
  }
}
