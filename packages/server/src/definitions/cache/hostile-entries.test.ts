import type { FlagDefinitionCacheEntry } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpSource } from '../../fixtures/plain-source.ts';
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

beforeEach(async () => {
  fleet = await sharedWorkers();
});
afterEach(() => fleet.close());

const cyclic: Record<string, unknown> = {};
cyclic.pages = cyclic;

/** Throws whatever is read of it, but for what would make it a promise. */
const TRAPS = new Proxy(
  {},
  {
    get(_target, key) {
      if (key === 'then') return undefined;
      throw new Error('boo');
    },
  },
);

const NONSENSE: [string, unknown][] = [
  ['a text', 'flags'],
  ['a number', 42],
  ['an empty object', {}],
  ['no pages', { pages: [] }],
  ['pages that are no texts', { pages: [{ color: 'red' }] }],
  ['pages that are no document', { pages: ['{"color":'] }],
  ['a list', [1, 2]],
  ['a cycle', cyclic],
  ['traps', TRAPS],
];

describe.each(NONSENSE)('a cache that holds %s', (_what, data) => {
  it('counts as empty for a worker that has nothing: it fetches', async () => {
    const client = fleet.worker(testCache({ leads: false, data }));
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status().cache?.hits).toBe(0);
  });

  it('leaves what a worker has in use', async () => {
    const cache = testCache({ leads: false, data: cached(BLUE) });
    const client = fleet.worker(cache);
    await client.ready();
    cache.data = data;
    await client.refresh();
    expect(colorOf(client)).toBe('blue');
    expect(client.status()).toMatchObject({ state: 'ready', lastError: undefined });
    cache.data = cached(RED);
    await client.refresh();
    expect(colorOf(client)).toBe('red');
  });
});

describe('an entry with a nonsensical stamp', () => {
  const BAD: Record<string, unknown>[] = [
    { digest: 7 },
    { digest: '' },
    { digest: 'a\nb' },
    { fetchedAt: 'yesterday' },
    { fetchedAt: Number.NaN },
    { generation: -1 },
    { generation: 1.5 },
    { generation: Number.POSITIVE_INFINITY },
    { generation: '9' },
    { validator: 'etag' },
    { validator: { etag: 5, lastModified: {} } },
    { validator: { etag: '"x"\r\nhost: evil' } },
    { validator: { etag: 'x'.repeat(5000) } },
  ];

  it.each(BAD)('%j: serves, and is no obstacle to what comes after', async (stamp) => {
    const shared = new SharedEntry();
    shared.entry = {
      digest: 'blue',
      fetchedAt: Date.now(),
      data: cached(BLUE),
      ...stamp,
    } as FlagDefinitionCacheEntry;
    const cache = shared.worker({ leads: false });
    const client = fleet.worker(cache);
    await client.ready();
    expect(colorOf(client)).toBe('blue');
    cache.leads = true;
    await client.refresh();
    expect(client.status()).toMatchObject({ state: 'ready', lastError: undefined });
    expect(colorOf(client)).toBe('red');
  });
});

describe('a source whose codec throws', () => {
  const fail = () => {
    throw new Error('codec');
  };

  it.each([
    ['to read', { toData: () => ({}), fromData: fail }],
    ['to write', { toData: fail, fromData: () => [] }],
  ])('%s, harms nobody', async (_when, cacheCodec) => {
    const source = { ...httpSource(fleet.server.url), cacheCodec };
    const client = fleet.worker(testCache({ data: {} }), { source });
    await client.refresh();
    expect(colorOf(client)).toBe('red');
    expect(client.status().cache?.errors).toBeGreaterThan(0);
  });
});
