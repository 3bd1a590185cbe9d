import { createFlagClient } from '@halyard/server';

/** A day: only refreshes that are asked for take place. */
const NEVER_MS = 86_400_000;

/** The real runtime on a source, refreshed by hand. A refresh tells whether it brought anything new. */
export async function connectHalyard(source) {
  const client = createFlagClient({ source, refresh: { interval: NEVER_MS } });
  requireSuccess(await client.ready());
  return {
    async refresh() {
      const { changed } = client.status().refreshes;
      const status = requireSuccess(await client.refresh());
      return status.refreshes.changed > changed ? 'changed' : 'unchanged';
    },
    read: async (context) => client.snapshot(context).all(),
    close: () => client.close(),
  };
}

function requireSuccess(status) {
  if (status.lastError) throw status.lastError;
  return status;
}
