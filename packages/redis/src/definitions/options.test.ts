import { describe, expect, it } from 'vitest';
import { type RedisDefinitionCacheOptions, redisDefinitionCache } from '../index.ts';

const url = 'redis://localhost:1';
const BINDING = { sourceName: 's', sourceId: 's:1', refreshInterval: 30_000, now: () => 0 };
const problem = (message: string) =>
  expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });

describe('the options of a definition cache', () => {
  it.each<[unknown, string]>([
    [undefined, '`the options`'],
    [{}, '`url`'],
    [{ url, keyPrefix: 'a{b}' }, '`keyPrefix`'],
    [{ url, keyPrefix: 5 }, '`keyPrefix`'],
    [{ url, timeout: 0 }, '`timeout`'],
    [{ url, timeout: 1.5 }, '`timeout`'],
    [{ url, lease: -1 }, '`lease`'],
    [{ url, ttl: '1d' }, '`ttl`'],
    [{ url, ttl: 2 ** 31 }, '`ttl`'],
    [{ url, tls: {} }, '`tls`'],
  ])('%j are refused', (options, message) => {
    const create = () => redisDefinitionCache(options as RedisDefinitionCacheOptions);
    expect(create).toThrow(problem(message));
  });

  it.each([
    [{ url, lease: 30_000 }, 'longer than the refresh interval, 30000'],
    [{ url, ttl: 60_000 }, 'at least the lease, 75000'],
  ])('%j do not suit a client that refreshes every 30 seconds', (options, message) => {
    const cache = redisDefinitionCache(options);
    expect(() => cache.bind?.(BINDING)).toThrow(problem(message));
  });
});

describe('a definition cache', () => {
  it('serves one client at a time', async () => {
    const cache = redisDefinitionCache({ url });
    cache.bind?.(BINDING);
    expect(() => cache.bind?.(BINDING)).toThrow(problem('was given to two'));
    await cache.shutdown();
    expect(() => cache.bind?.(BINDING)).not.toThrow();
  });

  it('serves nobody without a client', async () => {
    const cache = redisDefinitionCache({ url });
    await expect(cache.shouldFetchFlagDefinitions()).rejects.toThrow(problem('serves no client'));
    await expect(cache.shutdown()).resolves.toBeUndefined();
  });
});
