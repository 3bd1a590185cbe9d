import type { Endpoint } from '../emulator/api.ts';

/** What can be asked of the emulator. */
export type PosthogRoute = 'definitions' | 'flags' | 'batch';

export const ENDPOINTS: Readonly<Record<PosthogRoute, Endpoint>> = {
  definitions: { path: /^\/flags\/definitions\/?$/, methods: ['GET'] },
  flags: { path: /^\/flags\/?$/, methods: ['POST'] },
  batch: { path: /^\/batch\/?$/, methods: ['POST'] },
};
