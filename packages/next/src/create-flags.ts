import { createWebhook } from './endpoint/webhook.ts';
import type { CreateFlagsOptions, Flags } from './flags.ts';
import { createOverrideHandlers } from './overrides/handlers.ts';
import { createPrecompute } from './precompute/create-precompute.ts';
import { register } from './process/register.ts';
import { sharedClient } from './process/shared-client.ts';
import { createNodeVisits } from './request/node-request.ts';
import { createReads } from './request/reads.ts';
import { servedFlags } from './request/served-flags.ts';
import { createVisits } from './request/visits.ts';
import { readSettings } from './settings.ts';
import { isTested, unlessTested } from './testing/seam.ts';
import { visitorProxy } from './visitor/proxy.ts';
import { createSignIn } from './visitor/sign-in.ts';

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
  const origin = { currentVisit: createVisits(settings, handle), client: handle.client };
  const nodeVisits = createNodeVisits(settings, handle);
  const served = unlessTested(settings, servedFlags(settings, origin));
  return {
    get: served.get,
    details: served.details,
    reachesBrowser: (key) => settings.allowed?.has(key) ?? true,
    all: served.all,
    explain: served.explain,
    hydrate: served.hydrate,
    forRequest: (request) =>
      isTested() ? served : createReads(settings, () => nodeVisits(request)),
    handlers: served.handlers,
    webhook: (given) => createWebhook(settings, handle, given),
    overrides: createOverrideHandlers(settings, () => served.client),
    register: () => register(handle),
    proxy: () => visitorProxy(settings.visitor),
    ...createSignIn(settings),
    precompute: createPrecompute({
      settings,
      currentVisit: served.currentVisit,
      client: () => served.client,
    }),
    get client() {
      return served.client;
    },
  };
}
