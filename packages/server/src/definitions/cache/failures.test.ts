import type { FlagDefinitionCacheProvider } from '@halyard/core';
import { fakeClock, type Reply } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BLUE,
  cached,
  colorOf,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { SharedEntry, type TestCache } from '../../fixtures/test-cache.ts';

let fleet: SharedWorkers;

beforeEach(async () => {
  fleet = await sharedWorkers();
});
afterEach(() => fleet.close());

const INTERVAL = 1000;

describe('a cache that is told of a fetch that failed', () => {
  /** How long the cache is told to pause after so many failures in a row. */
  async function pauses(reply: Reply, failures: number[]): Promise<number[] | undefined> {
    let told: number[] | undefined;
    const cache = new SharedEntry().worker({
      onFlagDefinitionsFetchFailed: (_error, pauseAfter) => {
        told = failures.map(pauseAfter);
      },
    });
    fleet.server.respond(reply);
    const refresh = { interval: INTERVAL, maxBackoff: 10 * INTERVAL };
    await fleet.worker(cache, { refresh }).refresh();
    return told;
  }

  it.each<[string, Reply]>([
    ['too many requests', { status: 429 }],
    ['trouble', { status: 503 }],
    ['bad credentials', { status: 401 }],
    ['a connection that breaks', { fault: 'reset' }],
    ['garbage', { body: '{' }],
  ])('because of %s, hears how long a worker by itself would wait', async (_what, reply) => {
    const told = await pauses(reply, [1, 2, 3, 4, 5, 1e9]);
    // As whoever has failed may come a tenth early, the others may as well.
    expect(told).toEqual([1000, 1800, 3600, 7200, 9000, 9000]);
  });

  it('hears what the backend asks for, within bounds', async () => {
    const tooMany = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });
    expect(await pauses(tooMany('3'), [1, 2, 3, 4])).toEqual([3000, 3000, 3600, 7200]);
    expect(await pauses(tooMany('86400'), [1, 9])).toEqual([10_000, 10_000]);
    expect(await pauses(tooMany('0'), [1, 2])).toEqual([1000, 1800]);
    expect(await pauses(tooMany('soon'), [1, 2])).toEqual([1000, 1800]);
  });

  it('never hears of less than the interval, whatever it counts', async () => {
    const told = await pauses({ status: 500 }, [0, -1, Number.NEGATIVE_INFINITY]);
    expect(told).toEqual([INTERVAL, INTERVAL, INTERVAL]);
  });
});

describe('a worker whose turn it is not, and whose definitions nobody has confirmed for long', () => {
  /** A refresh of such a worker, with what its cache does. */
  async function refreshed(parts: Partial<FlagDefinitionCacheProvider>): Promise<TestCache> {
    const clock = fakeClock();
    const shared = new SharedEntry();
    shared.store(cached(BLUE), { digest: 'blue', fetchedAt: clock.now() });
    const cache = shared.worker({ leads: false, ...parts });
    const options = { clock: clock.now, refresh: { interval: INTERVAL } };
    const client = fleet.worker(cache, options);
    await client.ready();
    clock.advance(5 * INTERVAL);
    await client.refresh();
    expect(colorOf(client)).toBe(fleet.server.requests.length === 0 ? 'blue' : 'red');
    expect(client.status().refreshes.failed).toBe(0);
    return cache;
  }

  const unreadable = () => {
    let reads = 0;
    const shared = new SharedEntry();
    shared.store(cached(BLUE), { digest: 'blue', fetchedAt: 0 });
    return () => {
      if (reads++ === 0) return shared.entry;
      throw new Error('down');
    };
  };
  const lost = () => {
    let reads = 0;
    const shared = new SharedEntry();
    shared.store(cached(BLUE), { digest: 'blue', fetchedAt: 0 });
    return () => (reads++ === 0 ? shared.entry : undefined);
  };

  it('leaves the backend alone while the cache says so', async () => {
    await refreshed({ mayFetchFlagDefinitions: () => false });
    expect(fleet.server.requests).toHaveLength(0);
  });

  it('leaves it alone also when the cache has lost them', async () => {
    await refreshed({ mayFetchFlagDefinitions: () => false, getFlagDefinitionsEntry: lost() });
    expect(fleet.server.requests).toHaveLength(0);
  });

  it.each<[string, Partial<FlagDefinitionCacheProvider>]>([
    ['says nothing against it', { mayFetchFlagDefinitions: () => true }],
    ['does not know that question', {}],
    ['fails at it', { mayFetchFlagDefinitions: () => Promise.reject(new Error('down')) }],
    ['never answers it', { mayFetchFlagDefinitions: () => new Promise(() => {}) }],
    [
      'cannot be read, whatever it would say',
      { mayFetchFlagDefinitions: () => false, getFlagDefinitionsEntry: unreadable() },
    ],
  ])('fetches for itself when the cache %s', async (_what, parts) => {
    await refreshed(parts);
    expect(fleet.server.requests).toHaveLength(1);
  });
});

describe('a worker without definitions', () => {
  it('fetches for itself, and does not ask whether it may', async () => {
    const cache = new SharedEntry().worker({
      leads: false,
      mayFetchFlagDefinitions: () => false,
    });
    const client = fleet.worker(cache);
    await client.ready();
    expect(colorOf(client)).toBe('red');
    expect(cache.calls).not.toContain('mayFetchFlagDefinitions');
  });
});
