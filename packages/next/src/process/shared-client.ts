import { createFlagClient, type FlagClient } from '@halyard/server';
import type { Settings } from '../settings.ts';
import { configurationKey } from './configuration-key.ts';
import { processSlot, type SharedClient } from './process-slot.ts';
import { traceRequests } from './trace-requests.ts';

/** The process's client for one configuration, created when it is first needed. */
export interface ClientHandle {
  /** The client; created now if no copy of this module has done so. */
  client(): FlagClient;
  /**
   * Waits for the first definitions, at most `readyTimeout`, and once per process: when they did not
   * come in time, later reads get their defaults at once instead of each waiting again.
   */
  warm(): Promise<void>;
}

/** A handle on the client that every copy of this configuration shares. */
export function sharedClient(settings: Settings): ClientHandle {
  const key = configurationKey(settings.clientOptions);
  const { name } = settings.clientOptions.source;
  if (process.env.NODE_ENV === 'development') retireReplaced(name, key);

  const entry = (): SharedClient => {
    const slot = processSlot();
    let shared = slot.clients.get(key);
    if (shared === undefined) {
      const client = slot.detached(() => createFlagClient(settings.clientOptions));
      shared = { name, client, logger: settings.logger, warming: undefined, isOpen: true };
      slot.clients.set(key, shared);
      traceWhileOpen(shared);
    }
    return shared;
  };

  return {
    client: () => entry().client,
    async warm() {
      const shared = entry();
      const timeout = settings.readyTimeout;
      shared.warming ??= processSlot().detached(() => shared.client.ready({ timeout }));
      await shared.warming;
    },
  };
}

/** Follows the process's requests for as long as any client of it is open. */
function traceWhileOpen(shared: SharedClient): void {
  const { client } = shared;
  const slot = processSlot();
  slot.tracing ??= traceRequests();
  const close = client.close.bind(client);
  client.close = (options) => {
    shared.isOpen = false;
    if (![...slot.clients.values()].some(({ isOpen }) => isOpen)) {
      slot.tracing?.stop();
      slot.tracing = undefined;
    }
    return close(options);
  };
}

/**
 * Closes the clients that an edit in development has left behind: those of the same backend that no
 * call claims in the turn in which its module is evaluated again. Waiting for the end of the turn
 * keeps two configurations of one module from closing each other; should one be closed while still
 * in use, its next read creates it again.
 */
function retireReplaced(name: string, key: string): void {
  const { claims } = processSlot();
  const claimed = claims.get(name);
  if (claimed !== undefined) {
    claimed.add(key);
    return;
  }
  const keys = new Set([key]);
  claims.set(name, keys);
  setImmediate(() => {
    claims.delete(name);
    const { clients } = processSlot();
    for (const [other, shared] of clients) {
      if (shared.name !== name || keys.has(other)) continue;
      clients.delete(other);
      // close() never rejects and has a deadline of its own.
      void shared.client.close();
    }
  });
}
