import type { ReceivedRequest } from '../http-reply.ts';
import { Refusal } from './refusal.ts';

/** What can be asked of the emulator. */
export type FlagsmithRoute =
  | 'environment-document'
  | 'flags'
  | 'identities'
  | 'analytics'
  | 'events'
  | 'stream';

interface Endpoint {
  readonly path: RegExp;
  readonly methods: readonly string[];
  /** Which keys a request may show; a stream shows one in its path. */
  readonly keys: 'server' | 'server or client' | 'in the path';
}

const ENDPOINTS: Readonly<Record<FlagsmithRoute, Endpoint>> = {
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

const ROUTES = Object.keys(ENDPOINTS) as readonly FlagsmithRoute[];

/** The keys an environment has at the moment. */
export interface EnvironmentKeys {
  readonly server: string;
  readonly client: string;
  /** Names the stream. */
  readonly environment: string;
}

/** The route of a request; undefined for paths the API does not have. */
export function routeOf(request: ReceivedRequest): FlagsmithRoute | undefined {
  const path = pathOf(request);
  return ROUTES.find((route) => ENDPOINTS[route].path.test(path));
}

/** What follows the question mark. */
export function queryOf({ url }: ReceivedRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

/** Refuses a request with a method its route does not have (405), or without a fitting key. */
export function admit(
  route: FlagsmithRoute,
  request: ReceivedRequest,
  keys: EnvironmentKeys,
): void {
  const endpoint = ENDPOINTS[route];
  if (!endpoint.methods.includes(request.method)) {
    throw new Refusal(405, `Method "${request.method}" not allowed.`);
  }
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

function pathOf({ url }: ReceivedRequest): string {
  const [path = ''] = url.split('?', 1);
  return path;
}
