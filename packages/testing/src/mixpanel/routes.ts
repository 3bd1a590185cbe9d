import type { Endpoint } from '../emulator/api.ts';

/** What can be asked of the emulator. */
export type MixpanelRoute = 'definitions' | 'flags' | 'track' | 'import';

export const ENDPOINTS: Readonly<Record<MixpanelRoute, Endpoint>> = {
  definitions: { path: /^\/flags\/definitions\/?$/, methods: ['GET'] },
  flags: { path: /^\/flags\/?$/, methods: ['GET'] },
  track: { path: /^\/track\/?$/, methods: ['GET', 'POST'] },
  import: { path: /^\/import\/?$/, methods: ['POST'] },
};
