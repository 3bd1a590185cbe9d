import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  BLUE,
  cached,
  colorOf,
  type SharedWorkers,
  sharedWorkers,
} from '../../fixtures/shared-workers.ts';
import { testCache } from '../../fixtures/test-cache.ts';

const loads = vi.hoisted(() => ({ count: 0 }));

vi.mock('../../transport/agents.ts', async (original) => {
  const { loadAgents } = await original<typeof import('../../transport/agents.ts')>();
  return {
    loadAgents: () => {
      loads.count++;
      return loadAgents();
    },
  };
});

let fleet: SharedWorkers;

beforeEach(async () => {
  fleet = await sharedWorkers();
});
afterEach(() => fleet.close());

it('a worker that follows is ready to fetch, once, before its turn has come', async () => {
  const client = fleet.worker(testCache({ leads: false, data: cached(BLUE) }));
  await client.refresh();
  await client.refresh();
  expect(colorOf(client)).toBe('blue');
  expect(loads.count).toBe(1);
  expect(fleet.server.requests).toHaveLength(0);
});
