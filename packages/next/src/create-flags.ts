import { createHandlers } from './endpoint/handlers.ts';
import { createWebhook } from './endpoint/webhook.ts';
import type { CreateFlagsOptions, Flags } from './flags.ts';
import { register } from './process/register.ts';
import { sharedClient } from './process/shared-client.ts';
import { createReads } from './request/reads.ts';
import { createVisits } from './request/visits.ts';
import { readSettings } from './settings.ts';
import { visitorProxy } from './visitor/proxy.ts';

/**
 * Wires flags into a Next application. Call it once, in a module that only server code imports, and
 * import its result wherever flags are read.
 *
 * ```ts
 * export const flags = createFlags({
 *   source: flagdFile('./flags.json'),
 *   client: { flags: ['new-checkout'] },
 * });
 * ```
 *
 * Nothing starts until the first read or `flags.register()`. Throws a HalyardError (INVALID_OPTION)
 * when an option is wrong. Calls with one source and equal options share one runtime per process;
 * their sinks are told apart by name.
 */
export function createFlags(options: CreateFlagsOptions): Flags {
  const settings = readSettings(options);
  const handle = sharedClient(settings);
  const currentVisit = createVisits(settings, handle);
  return {
    ...createReads(settings, currentVisit),
    handlers: createHandlers(settings, currentVisit),
    webhook: (given) => createWebhook(settings, handle, given),
    register: () => register(handle),
    proxy: () => visitorProxy(settings.visitor),
    get client() {
      return handle.client();
    },
  };
}
