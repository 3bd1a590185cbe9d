import { pathOf } from '../emulator/address.ts';
import type { Endpoint } from '../emulator/api.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest } from '../http-reply.ts';

/** What can be asked of the emulator. */
export type FlagsmithRoute =
  | 'environment-document'
  | 'flags'
  | 'identities'
  | 'analytics'
  | 'events'
  | 'stream';

interface KeyedEndpoint extends Endpoint {
  /** Which keys a request may show; a stream shows one in its path. */
  readonly keys: 'server' | 'server or client' | 'in the path';
}

export const ENDPOINTS: Readonly<Record<FlagsmithRoute, KeyedEndpoint>> = {
  'environment-document': {
    path: /^\/api\/v1\/environment-document\/$/,
    methods: ['GET'],
    keys: 'server',
  },
  flags: { path: /^\/api\/v1\/flags\/$/, methods: ['GET'], keys: 'server or client' },
  identities: {
    path: /^\/api\/v1\/identities\/$/,
    methods: ['GET', 'POST'],
    keys: 'server or client',
  },
  analytics: {
    path: /^\/api\/v1\/analytics\/flags\/$/,
    methods: ['POST'],
    keys: 'server or client',
  },
  events: { path: /^\/v1\/events$/, methods: ['POST'], keys: 'server or client' },
  stream: {
    path: /^\/sse\/environments\/([^/]+)\/stream$/,
    methods: ['GET'],
    keys: 'in the path',
  },
};

/** The keys an environment has at the moment. */
export interface EnvironmentKeys {
  readonly server: string;
  readonly client: string;
  /** Names the stream. */
  readonly environment: string;
}

/** Refuses a request without a fitting key. */
export function admit(
  route: FlagsmithRoute,
  request: ReceivedRequest,
  keys: EnvironmentKeys,
): void {
  const endpoint = ENDPOINTS[route];
  if (endpoint.keys === 'in the path') {
    const [, key = ''] = endpoint.path.exec(pathOf(request)) ?? [];
    if (key !== encodeURIComponent(keys.environment)) throw new Refusal(404, 'Not found.');
    return;
  }
  const key = request.headers['x-environment-key'];
  const isFitting =
    key === keys.server || (endpoint.keys === 'server or client' && key === keys.client);
  // 403 also where the key is missing: the API names no scheme to authenticate by, as 401 requires.
  if (!isFitting) throw new Refusal(403, 'Invalid or missing Environment Key');
}
