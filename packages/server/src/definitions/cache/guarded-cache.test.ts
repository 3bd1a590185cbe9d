import { type FlagDefinitionCacheProvider, HalyardError } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { held, testLogger } from '../../fixtures/observe.ts';
import { testCache } from '../../fixtures/test-cache.ts';
import { Warnings } from '../../warnings.ts';
import { GuardedCache } from './guarded-cache.ts';

const STAMP = { digest: 'd', fetchedAt: 0 };
const never = () => new Promise<never>(() => {});

function guard(parts: Partial<FlagDefinitionCacheProvider>) {
  const logger = testLogger();
  const warnings = new Warnings(logger);
  return { cache: new GuardedCache({ provider: testCache(parts), timeout: 10, warnings }), logger };
}

describe('a call that is never answered', () => {
  const ERROR = new HalyardError('plain', 'REQUEST_FAILED', 'down.');
  const CALLS: [keyof FlagDefinitionCacheProvider, (cache: GuardedCache) => Promise<unknown>][] = [
    ['shouldFetchFlagDefinitions', (cache) => cache.nextRole()],
    ['getFlagDefinitions', (cache) => cache.get(undefined)],
    ['getFlagDefinitionsEntry', (cache) => cache.get(undefined)],
    ['onFlagDefinitionsReceived', (cache) => cache.store({}, STAMP)],
    ['onFlagDefinitionsUnchanged', (cache) => cache.isLost(STAMP)],
    ['onFlagDefinitionsFetchFailed', (cache) => cache.fetchFailed(ERROR, () => 0)],
    ['mayFetchFlagDefinitions', (cache) => cache.mayFetch()],
    ['shutdown', (cache) => cache.shutdown(10)],
  ];

  it.each(CALLS)('%s ends in time, and is told about', async (method, call) => {
    const { cache, logger } = guard({ [method]: never });
    await call(cache);
    expect(cache.status.errors).toBe(1);
    expect(logger.messages).toEqual([expect.stringMatching(`${method}.*longer than 10 ms`)]);
  });

  it('is not believed when the answer comes after all', async () => {
    const answer = held<boolean>();
    const { cache } = guard({ shouldFetchFlagDefinitions: () => answer.promise });
    expect(await cache.nextRole()).toBe('alone');
    answer.resolve(false);
    await answer.promise;
    expect(cache.status.role).toBe('alone');
  });

  it('that fails after all is no unhandled rejection', async () => {
    const answer = held<boolean>();
    const { cache } = guard({ shouldFetchFlagDefinitions: () => answer.promise });
    await cache.nextRole();
    answer.reject(new Error('late'));
    await expect(answer.promise).rejects.toThrow('late');
    expect(cache.status.errors).toBe(1);
  });
});

describe('what a cache answers', () => {
  it.each([
    [true, 'leader'],
    [1, 'leader'],
    [false, 'follower'],
    [0, 'follower'],
    [undefined, 'follower'],
  ])('%s to whether to fetch makes the worker a %s', async (answer, role) => {
    const should = () => answer as boolean;
    expect(await guard({ shouldFetchFlagDefinitions: should }).cache.nextRole()).toBe(role);
  });

  it.each([
    [true, true],
    [false, false],
    [undefined, true],
    ['no', true],
  ])('%s to whether it may fetch for itself is taken as %s', async (answer, may) => {
    const { cache } = guard({ mayFetchFlagDefinitions: () => answer as boolean });
    expect(await cache.mayFetch()).toBe(may);
  });

  it('nothing of it matters once it is closed', async () => {
    const { cache, logger } = guard({ getFlagDefinitions: () => ({ pages: [] }) });
    await cache.shutdown(10);
    expect(await cache.get(undefined)).toBeUndefined();
    expect(logger.messages).toEqual([]);
  });
});

describe('binding', () => {
  const BINDING = { sourceName: 's', sourceId: 's:1', refreshInterval: 1, now: () => 0 };

  it('passes on what a cache says is wrong with an option', () => {
    const refusal = new HalyardError('redis', 'INVALID_OPTION', 'no.');
    const bind = () => {
      throw refusal;
    };
    expect(() => guard({ bind }).cache.bind(BINDING)).toThrow(refusal);
  });

  it('makes an error of Halyard out of any other', () => {
    const bind = () => {
      throw new TypeError('cannot');
    };
    expect(() => guard({ bind }).cache.bind(BINDING)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining('cannot'),
      }),
    );
  });
});
