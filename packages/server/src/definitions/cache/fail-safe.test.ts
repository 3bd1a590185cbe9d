import type { FlagDefinitionCacheProvider } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BLUE,
  cached,
  colorOf,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { testCache } from '../../fixtures/test-cache.ts';

let fleet: SharedWorkers;

beforeEach(async () => {
  fleet = await sharedWorkers();
});
afterEach(() => fleet.close());

type Method = keyof FlagDefinitionCacheProvider;

/** Ways in which any method of a cache may fail. */
const FAILURES: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('redis is down');
    },
  ],
  ['rejects', () => Promise.reject(new Error('redis is down'))],
  [
    'throws no error',
    () => {
      throw undefined;
    },
  ],
];

const failing = (method: Method, fail: () => unknown) => ({ [method]: fail });

describe.each(FAILURES)('a cache that %s', (_how, fail) => {
  it('when asked whether to fetch, has the worker fetch', async () => {
    const cache = testCache(failing('shouldFetchFlagDefinitions', fail));
    const client = fleet.worker(cache);
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status().cache).toMatchObject({ role: 'alone', errors: 1 });
  });

  it('when read, has the worker fetch, which stores nothing', async () => {
    const cache = testCache({ leads: false, ...failing('getFlagDefinitions', fail) });
    const client = fleet.worker(cache);
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(fleet.server.requests).toHaveLength(1);
    expect(cache.calls).not.toContain('onFlagDefinitionsReceived');
  });

  it('when written, leaves the definitions in use', async () => {
    const client = fleet.worker(testCache(failing('onFlagDefinitionsReceived', fail)));
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status()).toMatchObject({
      state: 'ready',
      lastError: undefined,
      cache: { writes: 0, errors: 1 },
    });
  });

  it('when closed, keeps nobody from closing', async () => {
    const client = fleet.worker(testCache(failing('shutdown', fail)));
    await client.ready();
    expect((await client.close({ deadline: 200 })).state).toBe('closed');
  });

  it('in everything, changes nothing for the reader, refresh after refresh', async () => {
    const methods: Method[] = [
      'shouldFetchFlagDefinitions',
      'getFlagDefinitionsEntry',
      'onFlagDefinitionsReceived',
      'onFlagDefinitionsUnchanged',
      'onFlagDefinitionsFetchFailed',
      'mayFetchFlagDefinitions',
      'shutdown',
    ];
    const cache = testCache(Object.fromEntries(methods.map((method) => [method, fail])));
    const client = fleet.worker(cache);
    await client.refresh();
    fleet.server.respond({ body: BLUE });
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    fleet.server.respond({ status: 500 });
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    await client.close({ deadline: 200 });
  });
});

describe('a cache that fails', () => {
  it('is warned about once, by name, until it works again', async () => {
    let down = true;
    const cache = testCache({
      name: 'redis',
      shouldFetchFlagDefinitions: () => {
        if (down) throw new Error('connection refused');
        return true;
      },
    });
    const client = fleet.worker(cache);
    for (let i = 0; i < 3; i++) await client.refresh();
    expect(fleet.logger.messages).toEqual([
      '[halyard] [cache] the definition cache "redis" failed (shouldFetchFlagDefinitions); this worker goes on without it: connection refused',
    ]);
    down = false;
    await client.refresh();
    expect(client.status().cache?.role).toBe('leader');
    down = true;
    await client.refresh();
    expect(fleet.logger.messages).toHaveLength(2);
  });

  it('to subscribe, is asked at each refresh as ever', async () => {
    const subscribe = () => {
      throw new Error('no pub/sub');
    };
    const client = fleet.worker(testCache({ leads: false, data: cached(BLUE), subscribe }));
    await client.ready();
    expect(colorOf(client)).toBe('blue');
  });
});

describe('a cache that never answers', () => {
  it('has the worker fetch after a moment', async () => {
    const cache = testCache({ shouldFetchFlagDefinitions: () => new Promise(() => {}) });
    const client = fleet.worker(cache);
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status().cache).toMatchObject({ role: 'alone', errors: 1 });
    expect(fleet.logger.messages[0]).toContain('longer than 2000 ms');
  });
});
