import { after, connection } from 'next/server.js';

/** The flags a request has read so far and not yet handed over. */
export interface ExposureBatch {
  /** Notes that a flag was read; the same flag twice counts once. */
  add(key: string): void;
}

/** What becomes of a batch. Neither throws or rejects. */
export interface BatchEnds {
  /** Is called once per batch. `taken` gives what was read until it is called, which ends the batch. */
  handOver(taken: () => ReadonlySet<string>): Promise<void>;
  /** Learns that what was read was for nobody's eyes. */
  drop(count: number): void;
}

/** Runs a task after the response; or the other one, when nobody asked to see it. */
export type Later = (task: () => Promise<void>, otherwise: () => void) => void;

/**
 * Collects the keys a request reads and hands them over once, after its response. The gate stands
 * here, before the ledger, rather than in the executor: the ledger and its queue belong to the whole
 * process, and work gated by a render that never becomes a visit would keep everybody's waiting.
 */
export function exposureBatch(ends: BatchEnds, later: Later = afterVisit): ExposureBatch {
  let keys: Set<string> | undefined;
  const taken = () => {
    const batch = keys ?? new Set<string>();
    keys = undefined;
    return batch;
  };
  return {
    add(key) {
      if (keys !== undefined) {
        keys.add(key);
        return;
      }
      keys = new Set([key]);
      later(
        () => ends.handOver(taken),
        () => ends.drop(taken().size),
      );
    },
  };
}

/** The batch of a request of which it is certain that nobody sees what comes of it. */
export function unseenBatch({ drop }: Pick<BatchEnds, 'drop'>): ExposureBatch {
  const keys = new Set<string>();
  return {
    add(key) {
      if (keys.has(key)) return;
      keys.add(key);
      drop(1);
    },
  };
}

/**
 * Runs a task after the response of a render that somebody asked to see. `after()` alone also runs for
 * runtime prefetches and for the shadow render of cached components; `connection()` never resolves in
 * those, and rejects when they end, which is the expected way for their exposures to vanish. It is
 * not awaited, since that would keep the flag's markup out of prefetches (specs/platform.md §2.3).
 */
function afterVisit(task: () => Promise<void>, otherwise: () => void): void {
  try {
    connection().then(() => runAfter(task), otherwise);
  } catch {
    // Thrown at once where nobody is visiting, such as in a cache scope: nothing to count there.
    otherwise();
  }
}

function runAfter(task: () => Promise<void>): void {
  try {
    after(task);
  } catch {
    // A host without `waitUntil` refuses after(). Handing over only fills a queue, so do it now.
    void task();
  }
}
