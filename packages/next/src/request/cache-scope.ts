import { HalyardError, messageOf } from '@halyard/core';
import { cacheTag } from 'next/cache.js';
import { cache } from 'react';
import { isRendering } from './rendering.ts';

/**
 * A read of a visitor's flags where the outcome is kept for everybody. The one error that reads throw
 * themselves: a default in its place would be kept as well.
 */
export class CachedReadError extends HalyardError {
  constructor(read: string, scope: string, cause?: unknown) {
    super(
      'next',
      'INVALID_OPTION',
      `${read} read inside ${scope}. Read it outside, in the component or function that calls the cached one, and pass the value in as an argument: \`const value = await flags.get(key, default); return cached(value)\`. For whole pages see flags.precompute().`,
      cause === undefined ? undefined : { cause },
    );
  }
}

/** Also what whoever wrote the private one is told. */
const USE_CACHE =
  "`'use cache'`, whose result is kept and shown to every visitor (that of `'use cache: private'` to one alone, but the two cannot be told apart here)";
const UNSTABLE_CACHE = '`unstable_cache()`, whose result is kept and shown to every visitor';

/** React keeps its `cache()` apart for what Next caches, so this is found out once per render or cache. */
const scopeAtHand = cache(() => ({ isCached: acceptsCacheTags() }));

/**
 * Throws a {@link CachedReadError} inside `'use cache'`; `key` is what is read, if not all flags. To be
 * called before the request is asked for: Next remembers that as a mistake, and then shows its own error,
 * which does not speak of flags.
 */
export function refuseInCacheScope(key: string | undefined): void {
  // Next renders what it caches: a look elsewhere could only cost time.
  if (!isRendering() || !scopeAtHand().isCached) return;
  const read = key === undefined ? 'flags were' : `the flag "${key}" was`;
  throw new CachedReadError(read, USE_CACHE);
}

/** The same for `unstable_cache()`, which shows only in how Next refuses request data. */
export function refuseInCachedFunction(refusal: unknown): void {
  if (!messageOf(refusal).includes('unstable_cache')) return;
  throw new CachedReadError('flags were', UNSTABLE_CACHE, refusal);
}

/**
 * Next takes tags, none of them here, inside `'use cache'` and nowhere else. It also does for
 * `'use cache: private'`: what tells the two apart, asking for the request, is what Next must not see.
 */
function acceptsCacheTags(): boolean {
  try {
    cacheTag();
    return true;
  } catch {
    return false;
  }
}
