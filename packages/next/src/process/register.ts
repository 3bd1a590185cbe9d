import { HOLD_AT_END } from './ending.ts';
import { endConnections } from './last-requests.ts';
import { processSlot } from './process-slot.ts';
import { closeAfter } from './server-close.ts';
import type { ClientHandle } from './shared-client.ts';
import { takeOverSignals } from './signals.ts';
import { warnOnce } from './warn-once.ts';

/** Starts and warms the client, and has it drained before the process ends. Node only. */
export async function register(handle: ClientHandle): Promise<void> {
  // Next compiles instrumentation for Edge as well, where none of this exists.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const slot = processSlot();
  if (!slot.signalsTaken) {
    slot.signalsTaken = true;
    takeOverSignals(process, drainAll);
    process.on('exit', reportUndelivered);
  }
  await handle.warm();
}

/**
 * Flushes rather than closes: requests still in flight go on reading flags while Next shuts down. What it
 * waits for then are their connections and what `after()` runs, so the rest is put in between.
 */
async function drainAll(): Promise<void> {
  const slot = processSlot();
  const { clients, ending } = slot;
  ending.begin();
  endConnections();
  await Promise.allSettled(
    [...clients.values()].map(({ client }) => client.flush({ deadline: HOLD_AT_END })),
  );
  // Which of them Next closes before it ends the process cannot be told from here.
  for (const server of slot.tracing?.servers ?? []) closeAfter(server, () => ending.lastTasks());
}

/** The counters end with the process: what they still say is pending is lost, and that is said aloud. */
function reportUndelivered(): void {
  for (const { name, client, logger } of processSlot().clients.values()) {
    const { pending } = client.status().exposures;
    if (pending === 0) continue;
    warnOnce(
      logger,
      `the process ended before the sinks of "${name}" had taken ${pending} exposures. They are lost; see why the sinks take longer than ${HOLD_AT_END} ms.`,
    );
  }
}
