import { after, connection } from 'next/server.js';

/** The flags a request has read so far and not yet handed over. */
export interface ExposureBatch {
  /** Notes that a flag was read; the same flag twice counts once. */
  add(key: string): void;
}

/**
 * Collects the keys a request reads and hands them over once, after its response. The gate stands
 * here, before the ledger, rather than in the executor: the ledger and its queue belong to the whole
 * process, and work gated by a render that never becomes a visit would keep everybody's waiting.
 */
export function exposureBatch(
  counted: boolean,
  handOver: (keys: ReadonlySet<string>) => void,
): ExposureBatch {
  let keys: Set<string> | undefined;
  const send = () => {
    const batch = keys;
    keys = undefined;
    if (batch !== undefined) handOver(batch);
  };
  return {
    add(key) {
      if (!counted) return;
      if (keys !== undefined) {
        keys.add(key);
        return;
      }
      keys = new Set([key]);
      afterVisit(send);
    },
  };
}

/**
 * Runs a task after the response of a render that somebody asked to see. `after()` alone also runs for
 * runtime prefetches and for the shadow render of cached components; `connection()` never resolves in
 * those, and rejects when they end, which is the expected way for their exposures to vanish. It is
 * not awaited, since that would keep the flag's markup out of prefetches (specs/platform.md §2.3).
 */
function afterVisit(task: () => void): void {
  try {
    void connection()
      .then(() => runAfter(task))
      .catch(() => {});
  } catch {
    // Thrown at once where nobody is visiting, such as in a cache scope: nothing to count there.
  }
}

function runAfter(task: () => void): void {
  try {
    after(task);
  } catch {
    // A host without `waitUntil` refuses after(). Handing over only fills a queue, so do it now.
    task();
  }
}
