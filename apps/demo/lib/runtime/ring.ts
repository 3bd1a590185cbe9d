/** Keeps the latest entries, up to a number, and forgets the oldest. */
export class Ring<Entry> {
  private entries: Entry[] = [];
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  push(...added: readonly Entry[]): void {
    this.entries = [...this.entries, ...added].slice(-this.size);
  }

  /** The entries, the oldest first. */
  list(): readonly Entry[] {
    return this.entries;
  }

  /** The entries, and none of them any more. */
  take(): readonly Entry[] {
    const taken = this.entries;
    this.entries = [];
    return taken;
  }
}
