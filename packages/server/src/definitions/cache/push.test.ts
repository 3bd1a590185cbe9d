import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next, settled } from '../../fixtures/observe.ts';
import {
  BLUE,
  cached,
  colorOf,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { SharedEntry } from '../../fixtures/test-cache.ts';

let fleet: SharedWorkers;
let shared: SharedEntry;

beforeEach(async () => {
  fleet = await sharedWorkers();
  shared = new SharedEntry();
});
afterEach(() => fleet.close());

const blue = () => shared.store(cached(BLUE), { digest: 'blue', fetchedAt: Date.now() });

describe('news from the cache', () => {
  it('are in use at once, without asking whose turn it is, nor the backend', async () => {
    const cache = shared.worker();
    const client = fleet.worker(cache);
    await client.refresh();
    cache.calls.length = 0;
    const changed = next(client, 'configurationChanged');
    blue();
    shared.push();
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(colorOf(client)).toBe('blue');
    expect(cache.calls).toEqual(['getFlagDefinitionsEntry']);
    expect(fleet.server.requests).toHaveLength(1);
    expect(client.status().cache?.pushes).toBe(1);
  });

  it('that are none change nothing', async () => {
    const client = fleet.worker(shared.worker());
    await client.refresh();
    for (let i = 0; i < 3; i++) shared.push();
    await settled();
    shared.entry = undefined;
    shared.push();
    await settled();
    expect(colorOf(client)).toBe('red');
    expect(client.status().refreshes).toMatchObject({ changed: 1, failed: 0 });
    expect(fleet.server.requests).toHaveLength(1);
  });

  it('end the wait of a worker that has nothing yet', async () => {
    const client = fleet.worker(shared.worker({ leads: false }));
    await settled();
    blue();
    shared.push();
    await client.ready();
    expect(colorOf(client)).toBe('blue');
    expect(fleet.server.requests).toHaveLength(0);
  });

  it('are heard until the client closes', async () => {
    const client = fleet.worker(shared.worker());
    await client.ready();
    expect(shared.listenerCount).toBe(1);
    await client.close();
    expect(shared.listenerCount).toBe(0);
  });
});
