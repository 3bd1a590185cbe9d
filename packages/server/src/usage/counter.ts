import type { UsageCounters } from '../client.ts';

/** The most flags counted at a time; no set of definitions has more. */
const MAX_FLAGS = 10_000;

/** How often a flag was read. An object, so that one look-up both finds it and counts. */
interface Cell {
  count: number;
}

/** Reads of each flag, taken off the counter to be sent. */
export type UsageBatch = ReadonlyMap<string, Readonly<Cell>>;

/**
 * Counts reads per flag. Every read that is counted ends exactly once, as sent or as lost; until then
 * it is pending.
 */
export class UsageCounter {
  private cells = new Map<string, Cell>();
  private closed = false;
  private counted = 0;
  private sent = 0;
  private lost = 0;

  /** Counts a read. On the reading path: costs a look-up, and never throws. */
  add(flagKey: string): void {
    this.counted++;
    const cell = this.cells.get(flagKey);
    if (cell !== undefined) cell.count++;
    else this.begin(flagKey, 1);
  }

  get counters(): UsageCounters {
    const { counted, sent, lost } = this;
    return { counted, sent, pending: counted - sent - lost, lost };
  }

  /** What has been counted since the last time; undefined for nothing. Ends by one of the next three. */
  take(): UsageBatch | undefined {
    if (this.cells.size === 0) return undefined;
    const { cells } = this;
    this.cells = new Map();
    return cells;
  }

  deliver(batch: UsageBatch): void {
    for (const { count } of batch.values()) this.sent += count;
  }

  lose(batch: UsageBatch): void {
    for (const { count } of batch.values()) this.lost += count;
  }

  /** The batch goes with the next one. */
  putBack(batch: UsageBatch): void {
    for (const [flagKey, { count }] of batch) {
      const cell = this.cells.get(flagKey);
      if (cell !== undefined) cell.count += count;
      else this.begin(flagKey, count);
    }
  }

  /** What is counted from now on is lost, and so is what has not been taken. */
  close(): void {
    this.closed = true;
    this.lose(this.cells);
    // Emptied, so that each later read has to begin anew, and finds the counter closed.
    this.cells = new Map();
  }

  private begin(flagKey: string, count: number): void {
    if (this.closed || this.cells.size >= MAX_FLAGS) this.lost += count;
    else this.cells.set(flagKey, { count });
  }
}
