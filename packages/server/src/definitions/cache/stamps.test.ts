import type { FlagDefinitionCacheEntry, FlagDefinitionStamp } from '@halyard/core';
import { fakeClock } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BLUE,
  cached,
  colorOf,
  RED,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { SharedEntry, testCache } from '../../fixtures/test-cache.ts';

let fleet: SharedWorkers;
let shared: SharedEntry;

beforeEach(async () => {
  fleet = await sharedWorkers();
  shared = new SharedEntry();
});
afterEach(() => fleet.close());

const INTERVAL = 1000;
const GREEN = { color: { value: 'green' } };
const entry = (
  document: object,
  stamp: Partial<FlagDefinitionStamp>,
): FlagDefinitionCacheEntry => ({
  digest: JSON.stringify(document).slice(0, 30).replaceAll(' ', ''),
  fetchedAt: Date.now(),
  data: cached(document),
  ...stamp,
});

describe('what is stored', () => {
  it('has a digest, the validator, and the time at which the backend was asked', async () => {
    const clock = fakeClock();
    const client = fleet.worker(shared.worker(), { clock: clock.now });
    await client.refresh();
    expect(shared.entry).toEqual({
      data: cached(RED),
      digest: client.status().version,
      validator: { etag: '"1"' },
      fetchedAt: clock.now(),
      generation: 1,
    });
  });
});

describe('a worker that becomes the one to fetch', () => {
  it('asks on condition, with the validator that came with what it holds', async () => {
    await fleet.worker(shared.worker()).refresh();
    const heir = shared.worker({ leads: false });
    const client = fleet.worker(heir);
    await client.ready();
    heir.leads = true;
    await client.refresh();
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
    expect(client.status().refreshes).toEqual({ changed: 1, unchanged: 1, failed: 0 });
  });

  it('asks without condition when the cache tells no validator, whatever it once had itself', async () => {
    const cache = testCache();
    const client = fleet.worker(cache);
    await client.refresh();
    cache.leads = false;
    cache.data = cached(BLUE);
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    cache.leads = true;
    await client.refresh();
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBeUndefined();
    expect(colorOf(client)).toBe('red');
  });

  it('keeps its validator when the cache holds the same definitions without one', async () => {
    const cache = testCache();
    const client = fleet.worker(cache);
    await client.refresh();
    cache.leads = false;
    await client.refresh();
    cache.leads = true;
    await client.refresh();
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
  });
});

describe('an entry', () => {
  it('of an older generation replaces nothing', async () => {
    const cache = shared.worker({ leads: false });
    shared.entry = entry(BLUE, { generation: 5 });
    const client = fleet.worker(cache);
    await client.ready();
    shared.entry = entry(RED, { generation: 4, fetchedAt: Date.now() + 1000 });
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    shared.entry = entry(GREEN, { generation: 6 });
    await client.refresh();
    expect(colorOf(client)).toBe('green');
  });

  it('seen before does not replace what the worker has fetched for itself since', async () => {
    const clock = fakeClock();
    let down = false;
    const cache = shared.worker({
      leads: false,
      shouldFetchFlagDefinitions: () => {
        if (down) throw new Error('down');
        return false;
      },
      onFlagDefinitionsReceived: () => Promise.reject(new Error('down')),
    });
    shared.entry = entry(BLUE, { generation: 5, fetchedAt: clock.now() });
    const client = fleet.worker(cache, { clock: clock.now, refresh: { interval: INTERVAL } });
    await client.ready();
    down = true;
    clock.advance(10);
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    down = false;
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    // Whoever fetches for all has asked the backend later than this worker did.
    shared.entry = { ...shared.entry, fetchedAt: clock.now() + 10 } as FlagDefinitionCacheEntry;
    clock.advance(20);
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
  });

  it('with the digest of what is held costs nothing', async () => {
    const client = fleet.worker(shared.worker());
    await client.refresh();
    const { version } = client.status();
    const other = shared.worker({ leads: false });
    const follower = fleet.worker(other);
    await follower.ready();
    shared.entry = { ...shared.entry, data: undefined } as FlagDefinitionCacheEntry;
    await follower.refresh();
    expect(follower.status()).toMatchObject({ version, refreshes: { changed: 1, unchanged: 1 } });
  });
});

describe('the age of definitions from a cache', () => {
  it('is counted from when the backend last vouched for them', async () => {
    const clock = fakeClock();
    shared.entry = entry(BLUE, { fetchedAt: clock.now() - 500 });
    const client = fleet.worker(shared.worker({ leads: false }), { clock: clock.now });
    expect((await client.ready()).ageMs).toBe(500);
    shared.entry = { ...shared.entry, fetchedAt: clock.now() - 100 };
    expect((await client.refresh()).ageMs).toBe(100);
  });

  it('is never below zero, though another worker has a fast clock', async () => {
    const clock = fakeClock();
    shared.entry = entry(BLUE, { fetchedAt: clock.now() + 60_000 });
    const client = fleet.worker(shared.worker({ leads: false }), { clock: clock.now });
    expect((await client.ready()).ageMs).toBe(0);
    clock.advance(50);
    expect(client.status().ageMs).toBe(50);
  });

  it('makes the worker fetch for itself before they are stale', async () => {
    const clock = fakeClock();
    shared.entry = entry(BLUE, { fetchedAt: clock.now() });
    const options = { clock: clock.now, refresh: { interval: INTERVAL } };
    const client = fleet.worker(shared.worker({ leads: false }), options);
    await client.ready();
    clock.advance(5 * INTERVAL - 1);
    await client.refresh();
    expect(fleet.server.requests).toHaveLength(0);
    clock.advance(1);
    await client.refresh();
    expect(fleet.server.requests).toHaveLength(1);
    expect(colorOf(client)).toBe('red');
    expect(client.status()).toMatchObject({ state: 'ready', ageMs: 0 });
  });

  it('does not keep a new worker from serving them until it has better', async () => {
    const clock = fakeClock();
    shared.entry = entry(BLUE, { fetchedAt: clock.now() - 100 * INTERVAL });
    const options = { clock: clock.now, refresh: { interval: INTERVAL } };
    const client = fleet.worker(shared.worker({ leads: false }), options);
    expect((await client.ready()).state).toBe('stale');
    expect(client.resolve('color', 'none')).toMatchObject({ value: 'blue', reason: 'STALE' });
    await fleet.server.received(1);
    await client.refresh();
    expect(client.resolve('color', 'none')).toMatchObject({ value: 'red', reason: 'STATIC' });
  });
});
