import { type ExposureExecutor, HalyardError } from '@halyard/core';
import type { CreateFlagsOptions, Flags } from './flags.ts';
import { visitorProxy } from './visitor/proxy.ts';
import { readVisitorCookie } from './visitor/visitor-cookie.ts';

export type * from './flags.ts';
export type * from './precompute/page.ts';
export {
  type PathSegmentOptions,
  pathSegment,
  type VariantTransport,
} from './precompute/transport.ts';

/**
 * Stands in for the real one on the Edge runtime, for which Next compiles instrumentation.ts even in
 * applications that never use it. There `register` does nothing and `proxy` works as ever; reading
 * flags needs Node.js.
 */
export function createFlags(options: CreateFlagsOptions): Flags {
  const visitor = readVisitorCookie(options.visitor);
  return {
    get: refuse,
    details: refuse,
    reachesBrowser: refuse,
    all: refuse,
    explain: refuse,
    hydrate: refuse,
    forRequest: refuse,
    handlers: { GET: refuse, POST: refuse },
    webhook: refuse,
    overrides: { GET: refuse, POST: refuse, DELETE: refuse },
    register: async () => {},
    proxy: () => visitorProxy(visitor),
    signIn: refuse,
    signOut: refuse,
    // Called while the module that wires the flags loads, as createFlags() is; what it gives refuses.
    precompute: () => ({
      code: refuse,
      pathOf: refuse,
      rewrite: refuse,
      read: refuse,
      hydrate: refuse,
      combinations: refuse,
      generateStaticParams: refuse,
    }),
    get client() {
      return refuse();
    },
  };
}

/**
 * Stands in for the real one on the Edge runtime. Called while the module that wires the flags loads, as
 * `createFlags` is; what it gives refuses.
 */
export function afterResponse(): ExposureExecutor {
  return { submit: refuse, drain: async () => {} };
}

function refuse(): never {
  throw new HalyardError(
    'next',
    'INVALID_OPTION',
    "flags are read on Node.js only. In a page or route, remove `export const runtime = 'edge'`. To read them in middleware.ts, rename it to proxy.ts, which runs on Node.js.",
  );
}
