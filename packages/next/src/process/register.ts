import { processSlot } from './process-slot.ts';
import type { ClientHandle } from './shared-client.ts';
import { takeOverSignals } from './signals.ts';

/** How long an exit waits for exposures, in milliseconds. Hosts kill after 10 s or more. */
const DRAIN_DEADLINE = 3000;

/** Starts and warms the client, and has it drained before the process ends. Node only. */
export async function register(handle: ClientHandle): Promise<void> {
  // Next compiles instrumentation for Edge as well, where none of this exists.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const slot = processSlot();
  if (!slot.signalsTaken) {
    slot.signalsTaken = true;
    takeOverSignals(process, drainAll);
  }
  await handle.warm();
}

/** Flushes rather than closes: requests still in flight go on reading flags while Next shuts down. */
async function drainAll(): Promise<void> {
  const clients = [...processSlot().clients.values()];
  await Promise.allSettled(clients.map(({ client }) => client.flush({ deadline: DRAIN_DEADLINE })));
}
