import type { ClientSnapshot } from '@halyard/server';
import { processSlot } from '../process/process-slot.ts';
import type { Settings } from '../settings.ts';

/**
 * The snapshot in which these flags are decided, or all flags without a list. Asks the backend where one
 * of them needs it, once per visitor and for everything that is open; what is decided in memory, which
 * is nearly always everything, waits for nothing.
 */
export async function decided(
  snapshot: ClientSnapshot,
  { clientOptions, readyTimeout }: Settings,
  keys?: Iterable<string>,
): Promise<ClientSnapshot> {
  if (clientOptions.source.remote === undefined) return snapshot;
  const { detached } = processSlot();
  const isOpen = detached(() =>
    keys === undefined
      ? [...snapshot.all().values()].some(({ remote }) => remote !== undefined)
      : [...keys].some((key) => snapshot.resolve(key).remote !== undefined),
  );
  return isOpen ? detached(() => snapshot.complete({ deadline: readyTimeout })) : snapshot;
}
