import { describe, expect, it, vi } from 'vitest';
import { CachedReadError, refuseInCachedFunction, refuseInCacheScope } from './cache-scope.ts';

const scope = { isCached: false };

vi.mock('./rendering.ts', () => ({ isRendering: () => true }));

// As Next's own: it takes tags where something is cached, and throws everywhere else.
vi.mock('next/cache.js', () => ({
  cacheTag: () => {
    if (!scope.isCached) throw new Error('`cacheTag()` can only be called inside a cache');
  },
}));

describe('a read where the outcome is kept for everybody', () => {
  it("is refused inside 'use cache', with what to do", () => {
    scope.isCached = true;
    expect(() => refuseInCacheScope(undefined)).toThrow(CachedReadError);
    expect(() => refuseInCacheScope('color')).toThrow(
      /^\[halyard\] \[next\] the flag "color" was read inside `'use cache'`.*pass the value in/,
    );
  });

  it("says of 'use cache: private', which looks the same, that it is for one visitor", () => {
    scope.isCached = true;
    expect(() => refuseInCacheScope('color')).toThrow(/`'use cache: private'` to one alone/);
    const refusal = new Error('inside a function cached with `unstable_cache()`');
    expect(() => refuseInCachedFunction(refusal)).toThrow(/^(?!.*private)/);
  });

  it('is refused inside unstable_cache(), with what Next said as cause', () => {
    const refusal = new Error(
      'Route /x used `headers()` inside a function cached with `unstable_cache()`',
    );
    expect(() => refuseInCachedFunction(refusal)).toThrow(
      expect.objectContaining({
        cause: refusal,
        message: expect.stringContaining('pass the value'),
      }),
    );
  });
});

it('elsewhere nothing is refused', () => {
  scope.isCached = false;
  expect(() => refuseInCacheScope('color')).not.toThrow();
  expect(() => refuseInCachedFunction(new Error('outside a request scope'))).not.toThrow();
});
