import { HalyardError } from '@halyard/core';
import type { CreateFlagsOptions, Flags } from './flags.ts';

export type * from './flags.ts';
export type * from './precompute/page.ts';
export type * from './precompute/transport.ts';

const MESSAGE =
  'was called in the browser. The module that calls createFlags() belongs to the server: import it only from server components, route handlers, server actions, proxy.ts and instrumentation.ts. In client components read flags with useFlag() from @halyard/react.';

/** Stands in for the real one in browser bundles, and says what is wrong. */
export function createFlags(_options: CreateFlagsOptions): Flags {
  throw new HalyardError('next', 'INVALID_OPTION', `createFlags() ${MESSAGE}`);
}

/** Stands in for the real one in browser bundles, and says what is wrong. */
export function afterResponse(): never {
  throw new HalyardError('next', 'INVALID_OPTION', `afterResponse() ${MESSAGE}`);
}

/** Stands in for the real one in browser bundles, and says what is wrong. */
export function pathSegment(): never {
  throw new HalyardError('next', 'INVALID_OPTION', `pathSegment() ${MESSAGE}`);
}
