import type { FlagDefinitionStamp, HalyardError } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next } from '../../fixtures/observe.ts';
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

describe('definitions that could not be stored', () => {
  it('are stored at the next refresh, although the backend confirms them', async () => {
    let attempts = 0;
    const cache = testCache({
      onFlagDefinitionsReceived: (data) => {
        if (++attempts === 1) throw new Error('readonly replica');
        cache.data = data;
      },
    });
    const client = fleet.worker(cache);
    await client.refresh();
    expect(cache.data).toBeUndefined();
    await client.refresh();
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
    expect(cache.data).toEqual(cached(RED));
    await client.refresh();
    expect(attempts).toBe(2);
  });

  it('are not stored later by a worker that no longer is to fetch', async () => {
    let attempts = 0;
    const cache = testCache({
      onFlagDefinitionsReceived: () => {
        attempts++;
        throw new Error('down');
      },
    });
    const client = fleet.worker(cache);
    await client.refresh();
    cache.leads = false;
    cache.data = cached(BLUE);
    await client.refresh();
    cache.leads = true;
    fleet.server.respond({ body: BLUE });
    await client.refresh();
    expect(attempts).toBe(1);
  });
});

describe('definitions that the backend confirms', () => {
  it('are kept from expiring, and their time is brought up to date', async () => {
    const stamps: FlagDefinitionStamp[] = [];
    const cache = shared.worker({
      onFlagDefinitionsUnchanged: (stamp) => void stamps.push(stamp),
    });
    const client = fleet.worker(cache);
    await client.refresh();
    await client.refresh();
    expect(stamps).toHaveLength(1);
    expect(stamps[0]).toMatchObject({ digest: client.status().version, generation: 1 });
    expect(client.status().cache?.writes).toBe(1);
  });

  it('and that the cache has lost, are fetched in full and stored again', async () => {
    const client = fleet.worker(shared.worker());
    await client.refresh();
    shared.entry = undefined;
    await client.refresh();
    await client.refresh();
    expect(shared.entry).toMatchObject({ data: cached(RED) });
    const conditions = fleet.server.requests.map(({ headers }) => headers['if-none-match']);
    expect(conditions).toEqual([undefined, '"1"', undefined]);
    expect(client.status().refreshes).toEqual({ changed: 1, unchanged: 2, failed: 0 });
    await client.refresh();
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
  });

  it('by the same text in full, are stored again at once when they are lost', async () => {
    fleet.server.respond({ body: RED });
    const client = fleet.worker(shared.worker());
    await client.refresh();
    shared.entry = undefined;
    await client.refresh();
    expect(shared.entry).toMatchObject({ data: cached(RED) });
  });
});

describe('a worker that was to fetch and could not', () => {
  it.each([
    ['an error', { status: 401 }, 'REQUEST_FAILED'],
    ['garbage', { body: '{"color":' }, 'INVALID_DEFINITIONS'],
  ])('because of %s, lets another do it', async (_what, reply, code) => {
    const failures: HalyardError[] = [];
    const cache = shared.worker({
      onFlagDefinitionsFetchFailed: (error) => {
        failures.push(error);
        cache.leads = false;
      },
    });
    fleet.server.respond(reply);
    const client = fleet.worker(cache);
    await client.refresh();
    expect(failures.map((error) => error.code)).toEqual([code]);
    expect(client.status().lastError).toBe(failures[0]);
    shared.store(cached(BLUE), { digest: 'blue', fetchedAt: Date.now() });
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    expect(client.status()).toMatchObject({ state: 'ready', lastError: undefined });
  });

  it('says nothing of it when it was not the one for all', async () => {
    const cache = shared.worker({ leads: false, onFlagDefinitionsFetchFailed: () => {} });
    fleet.server.respond({ status: 500 });
    await fleet.worker(cache).refresh();
    expect(fleet.server.requests).toHaveLength(1);
    expect(cache.calls).not.toContain('onFlagDefinitionsFetchFailed');
  });
});

describe('a worker that another has replaced while it fetched', () => {
  it('stores nothing, and takes what the other has stored', async () => {
    const cache = shared.worker({
      onFlagDefinitionsReceived: () => {
        shared.store(cached(BLUE), { digest: 'blue', fetchedAt: Date.now() + 1 });
        return false;
      },
    });
    const client = fleet.worker(cache);
    await next(client, 'configurationChanged', () => colorOf(client) === 'blue');
    expect(client.status().cache).toMatchObject({ writes: 0, errors: 0 });
    expect(fleet.server.requests).toHaveLength(1);
  });
});
