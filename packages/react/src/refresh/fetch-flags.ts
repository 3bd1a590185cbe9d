import { type FlagsBootstrap, HalyardError, isJsonObject } from '@halyard/core';
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

/** Milliseconds after which a request counts as failed: one that hangs must not end the polling. */
const TIMEOUT = 10_000;

/**
 * Asks the flags route for the visitor's map. The browser's cache adds the validator and answers from
 * itself on a 304, so an unchanged map costs headers only. Throws HalyardError (REQUEST_FAILED) for any
 * other answer, and what `fetch` throws when there is none.
 */
export async function fetchFlags(endpoint: string): Promise<FetchedFlags> {
  const requestedAt = performance.now();
  const outcomes = new WeakMap<FlagStore, boolean>();
  const response = await fetch(endpoint, {
    cache: 'no-cache',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status === 304) return { requestedAt, flags: undefined, outcomes };
  if (!response.ok) {
    throw new HalyardError(
      'react',
      'REQUEST_FAILED',
      `GET ${endpoint} answered ${response.status}. Export flags.handlers from that route, or give FlagsProvider another endpoint.`,
    );
  }
  const flags = await jsonOf(response);
  if (!isJsonObject(flags) || !isJsonObject(flags.values)) {
    throw new HalyardError(
      'react',
      'REQUEST_FAILED',
      `GET ${endpoint} did not answer a map of flags. Check that the route exports flags.handlers, and that nothing before it answers instead, such as a login page.`,
    );
  }
  return { requestedAt, flags: flags as unknown as FlagsBootstrap, outcomes };
}

/** The answer's JSON; undefined when it is none. Network errors are thrown. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
