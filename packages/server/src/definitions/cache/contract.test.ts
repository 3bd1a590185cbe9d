import type { Reply } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held, next } from '../../fixtures/observe.ts';
import { fileSource, httpSource, inlineSource } from '../../fixtures/plain-source.ts';
import {
  BLUE,
  cached,
  colorOf,
  RED,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { testCache } from '../../fixtures/test-cache.ts';

let fleet: SharedWorkers;
let server: SharedWorkers['server'];
let worker: SharedWorkers['worker'];

beforeEach(async () => {
  fleet = await sharedWorkers();
  ({ server, worker } = fleet);
});
afterEach(() => fleet.close());

describe('the worker that fetches for all', () => {
  it('asks whether it should, looks into the cache, fetches, and stores', async () => {
    const cache = testCache();
    const client = worker(cache);
    await client.refresh();
    expect(cache.calls).toEqual([
      'shouldFetchFlagDefinitions',
      'getFlagDefinitions',
      'onFlagDefinitionsReceived',
    ]);
    expect(cache.data).toEqual(cached(RED));
    expect(client.status().cache).toEqual({
      role: 'leader',
      hits: 0,
      misses: 1,
      writes: 1,
      pushes: 0,
      errors: 0,
    });
  });

  it('has the definitions in use before they are stored', async () => {
    const seen: string[] = [];
    const cache = testCache({ onFlagDefinitionsReceived: () => void seen.push(colorOf(client)) });
    const client = worker(cache);
    await client.refresh();
    expect(seen).toEqual(['red']);
  });

  it('stores what has changed, not what the backend has confirmed', async () => {
    const cache = testCache();
    const client = worker(cache);
    await client.refresh();
    await client.refresh();
    expect(client.status().refreshes).toMatchObject({ changed: 1, unchanged: 1 });
    server.respond({ body: BLUE, etag: '"2"' });
    await client.refresh();
    expect(client.status().cache?.writes).toBe(2);
    expect(cache.data).toEqual(cached(BLUE));
  });

  it('is whoever the cache says at the start of each refresh', async () => {
    const cache = testCache();
    const client = worker(cache);
    await client.refresh();
    cache.leads = false;
    await client.refresh();
    expect(client.status().cache?.role).toBe('follower');
    expect(server.requests).toHaveLength(1);
    cache.leads = true;
    await client.refresh();
    expect(server.requests).toHaveLength(2);
  });

  it('may have a cache that answers later', async () => {
    let data: unknown;
    const cache = testCache({
      shouldFetchFlagDefinitions: async () => true,
      getFlagDefinitions: async () => data,
      onFlagDefinitionsReceived: async (received) => {
        data = received;
      },
      shutdown: async () => {},
    });
    const client = worker(cache);
    await client.refresh();
    expect(data).toEqual(cached(RED));
    expect((await client.close()).state).toBe('closed');
  });
});

describe('a worker at its start', () => {
  it('uses what is cached before it has fetched anything, although it is to fetch', async () => {
    const answer = held<Reply>();
    server.respond(() => answer.promise);
    const cache = testCache({ data: cached(RED) });
    const client = worker(cache);
    expect((await client.ready()).state).toBe('ready');
    expect(colorOf(client)).toBe('red');
    const changed = next(client, 'configurationChanged');
    await server.received(1);
    answer.resolve({ body: BLUE });
    await changed;
    expect(colorOf(client)).toBe('blue');
    // One refresh in two parts: a cache that locks each fetch would refuse the second.
    await vi.waitFor(() =>
      expect(cache.calls).toEqual([
        'shouldFetchFlagDefinitions',
        'getFlagDefinitions',
        'onFlagDefinitionsReceived',
      ]),
    );
  });

  it('takes what is cached in place of fetching, where another fetches', async () => {
    const client = worker(testCache({ leads: false, data: cached(BLUE) }));
    await client.ready();
    expect(colorOf(client)).toBe('blue');
    expect(client.status().cache).toMatchObject({ role: 'follower', hits: 1 });
    expect(server.requests).toHaveLength(0);
  });

  it('has the version that the worker which fetched has', async () => {
    const cache = testCache();
    const leader = worker(cache);
    await leader.refresh();
    const follower = worker(testCache({ leads: false, data: cache.data }));
    await follower.ready();
    expect(follower.status().version).toBe(leader.status().version);
  });

  it('waits a moment for another to fill the cache', async () => {
    let reads = 0;
    const cache = testCache({
      leads: false,
      getFlagDefinitions: () => (++reads === 1 ? undefined : cached(BLUE)),
    });
    await worker(cache).ready();
    expect(reads).toBe(2);
    expect(server.requests).toHaveLength(0);
  });

  it('fetches although it should not, when the cache stays empty, and stores nothing', async () => {
    const cache = testCache({ leads: false });
    const client = worker(cache);
    expect((await client.ready()).state).toBe('ready');
    await client.refresh();
    expect(server.requests).toHaveLength(1);
    expect(cache.calls).not.toContain('onFlagDefinitionsReceived');
  });

  it('takes fallback definitions for none', async () => {
    const source = { ...httpSource(server.url), fallback: inlineSource(BLUE).definitions };
    const client = worker(testCache({ data: cached(RED) }), { source: source as never });
    await client.ready();
    expect(client.status().origin).toBe('source');
    expect(colorOf(client)).toBe('red');
  });
});

describe('a worker whose definitions another fetches', () => {
  it('follows the cache', async () => {
    const cache = testCache({ leads: false, data: cached(RED) });
    const client = worker(cache);
    await client.ready();
    cache.data = cached(BLUE);
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    expect(client.status().refreshes).toEqual({ changed: 2, unchanged: 0, failed: 0 });
  });

  it('does no work for what it holds already', async () => {
    const client = worker(testCache({ leads: false, data: cached(RED) }));
    await client.ready();
    const { version } = client.status();
    await client.refresh();
    expect(client.status()).toMatchObject({ version, refreshes: { changed: 1, unchanged: 1 } });
  });

  it('keeps what it holds when the cache is empty', async () => {
    const cache = testCache({ leads: false, data: cached(RED) });
    const client = worker(cache);
    await client.ready();
    cache.data = null;
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status()).toMatchObject({
      state: 'ready',
      refreshes: { changed: 1, unchanged: 0, failed: 0 },
      cache: { misses: 1 },
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe('closing', () => {
  it.each([true, false])('closes the cache once, whether it leads (%s) or not', async (leads) => {
    const cache = testCache({ leads, data: cached(RED) });
    const client = worker(cache);
    await client.ready();
    await Promise.all([client.close(), client.close()]);
    expect(cache.calls.filter((call) => call === 'shutdown')).toHaveLength(1);
  });

  it('asks nothing more of the cache', async () => {
    server.respond(() => new Promise<Reply>(() => {}));
    const failed: unknown[] = [];
    const cache = testCache({ onFlagDefinitionsFetchFailed: (error) => void failed.push(error) });
    const client = worker(cache);
    await server.received(1);
    await client.close();
    expect(cache.calls.at(-1)).toBe('shutdown');
    expect(failed).toEqual([]);
  });

  it.each([
    ['in code', inlineSource(RED)],
    ['in a file', fileSource('./there-is-no-such-file.json')],
  ])('closes also the cache of definitions %s, which shares nothing', async (_where, source) => {
    const cache = testCache();
    const client = worker(cache, { source });
    await client.refresh();
    expect(client.status().cache).toBeUndefined();
    await client.close();
    expect(cache.calls).toEqual(['shutdown']);
  });
});
