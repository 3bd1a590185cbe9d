import type { FlagsBootstrap } from '@halyard/core';
import { requestFlags } from '../flags-request.ts';
import type { FlagStore } from '../store.ts';

/** One answer of the flags route. */
export interface FetchedFlags {
  /** When the request was made, on the page's monotonic clock (milliseconds). */
  readonly requestedAt: number;
  /** Undefined when nothing has changed. */
  readonly flags: FlagsBootstrap | undefined;
  /** Whether it changed a store, for those it was offered to: several components share one answer. */
  readonly outcomes: WeakMap<FlagStore, boolean>;
}

/** Under which SWR keeps the answers of a route. */
export function answersOf(endpoint: string): readonly [string, string] {
  return ['@halyard/react', endpoint];
}

/**
 * Asks the flags route for the visitor's map. The browser's cache adds the validator and answers from
 * itself on a 304, so an unchanged map costs headers only. Throws HalyardError (REQUEST_FAILED) for any
 * other answer, and what `fetch` throws when there is none.
 */
export async function fetchFlags(endpoint: string): Promise<FetchedFlags> {
  const requestedAt = performance.now();
  const flags = await requestFlags(endpoint, {
    cache: 'no-cache',
    headers: { accept: 'application/json' },
  });
  return { requestedAt, flags, outcomes: new WeakMap() };
}
