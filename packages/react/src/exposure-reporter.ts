import type { BootstrapFlag } from '@halyard/core/bootstrap';
import type { FlagStore } from './store.ts';

/** What was shown of a flag. */
export type ShownFlag = Pick<BootstrapFlag, 'value' | 'variant'> &
  Partial<Pick<BootstrapFlag, 'reason'>>;

/** Reports to the server which flags this page has shown. One per provider. */
export interface ExposureReporter {
  /**
   * Notes that a flag was shown, once per variant and visitor: as the store has it, unless it is said how.
   * Keys that the store does not have are ignored then, and so are flags that are disabled.
   */
  expose(key: string, shown?: ShownFlag): void;
  /** Reports to `endpoint`, at the latest when the page is left or hidden; returns what ends that. */
  listen(endpoint: string): () => void;
}

/** Milliseconds during which exposures gather into one request. */
const GATHER = 100;
/**
 * Most exposures in one report, and most that wait for a better connection. Browsers carry up to
 * 64 KiB past the end of a page, and the server takes as much, which is 200 keys of over 300 bytes.
 */
const MAX_PENDING = 200;
/** Most exposures remembered for de-duplication; beyond, the server's ledger still counts once. */
const MAX_SEEN = 1000;

/**
 * Collects exposures and sends their keys in one request. Keys only: the server resolves the flags
 * again for the visitor it knows, so a report cannot be forged. A report that fails goes out with the
 * next one, or when the page is hidden, shown or left. Nothing here throws.
 */
export function createExposureReporter(store: FlagStore): ExposureReporter {
  const seen = new Set<string>();
  let pending = new Map<string, string>();
  let target = '';

  const add = (key: string, token: string) => {
    if (pending.size < MAX_PENDING) pending.set(token, key);
    // Forgotten rather than lost: the next time it is shown it is reported.
    else seen.delete(token);
  };
  const flush = async (event?: Event) => {
    const batch = pending;
    pending = new Map();
    // A report names nobody: sent now, it counts for whoever is the visitor now.
    for (const [token] of batch) {
      const visitor = JSON.parse(token)[2];
      if (visitor && visitor !== store.live?.visitor) batch.delete(token);
    }
    if (batch.size && !(await send(target, batch.values(), event))) batch.forEach(add);
  };

  return {
    expose(key, flag = store.get(key)) {
      if (!flag || flag.reason === 'DISABLED') return;
      // An exposure is the same as another by its variant, or by its value where there is none.
      const token = JSON.stringify([key, flag.variant ?? flag.value, store.live?.visitor]);
      if (seen.has(token)) return;
      if (seen.size >= MAX_SEEN) seen.clear();
      seen.add(token);
      add(key, token);
      // The first to go off takes all that has gathered; the others find nothing.
      setTimeout(flush, GATHER);
    },
    listen(endpoint) {
      target = endpoint;
      onLeaving(addEventListener, flush);
      return () => {
        onLeaving(removeEventListener, flush);
        flush();
      };
    },
  };
}

/** Also on becoming visible again: a good moment for what failed before. */
function onLeaving(change: typeof addEventListener, listener: (event: Event) => void): void {
  change('pagehide', listener);
  change('visibilitychange', listener);
}

/** Whether the server accepted the report or, from a page being left, the browser took it over. */
async function send(endpoint: string, keys: Iterable<string>, event?: Event): Promise<boolean> {
  try {
    const leaving = event?.type === 'pagehide' || document.hidden;
    // Made ready in advance, and shown to nobody yet. It gets visible before it stops saying so.
    if (leaving && (document as { prerendering?: boolean }).prerendering) return false;
    const body = new Blob([JSON.stringify({ keys: [...new Set(keys)] })], {
      type: 'application/json',
    });
    return (
      // The surest way out of a page, but nobody learns whether it arrived.
      (leaving && navigator.sendBeacon?.(endpoint, body)) ||
      (await fetch(endpoint, { method: 'POST', body, keepalive: true })).ok
    );
  } catch {
    // Offline, blocked, or no page any more (a test that is over): kept for the next attempt.
    return false;
  }
}
