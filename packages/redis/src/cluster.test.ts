import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoundCache, inspector, stamp, until, workerCache } from './fixtures/workers.ts';

/** Two nodes of a cluster; all slots are on the second. */
let nodes: [RedisServer, RedisServer];
let inside: [Redis, Redis];

beforeAll(async () => {
  const start = () => startRedisServer({ args: ['--cluster-enabled', 'yes'] });
  nodes = [await start(), await start()];
  inside = [inspector(nodes[0].url), inspector(nodes[1].url)];
  const [empty, full] = inside;
  await full.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await empty.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[1].port));
  for (const node of inside) {
    await until(async () => String(await node.call('CLUSTER', 'INFO')).includes('state:ok'));
  }
});
afterAll(async () => {
  for (const redis of inside) redis.disconnect();
  await Promise.all(nodes.map((node) => node.close()));
});

const address = (...servers: RedisServer[]) =>
  `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;

async function shared(leader: BoundCache, follower: BoundCache): Promise<void> {
  let heard = 0;
  const stop = follower.subscribe(() => heard++);
  await until(() => heard === 1);
  expect(await leader.shouldFetchFlagDefinitions()).toBe(true);
  expect(await follower.shouldFetchFlagDefinitions()).toBe(false);
  expect(await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
  expect(await leader.onFlagDefinitionsUnchanged(stamp('v1'))).toBe(true);
  expect(await follower.getFlagDefinitions()).toEqual({ v: 1 });
  await until(() => heard === 2);
  stop();
  await Promise.all([leader.shutdown(), follower.shutdown()]);
}

describe('a Redis cluster', () => {
  it('is used by the node that has the keys', async () => {
    const url = address(nodes[1]);
    await shared(workerCache({ url }, 'a'), workerCache({ url }, 'a'));
  });

  it('is used through any of its nodes, which tells where the keys are', async () => {
    const url = address(nodes[0]);
    await shared(workerCache({ url }, 'b'), workerCache({ url: [nodes[0].url] }, 'b'));
  });

  it('is used though the first node of the address is not there', async () => {
    const gone = await startRedisServer();
    await gone.close();
    const cache = workerCache({ url: address(gone, nodes[0]), timeout: 200 }, 'c');
    await until(async () => {
      try {
        return await cache.shouldFetchFlagDefinitions();
      } catch {
        // The node that is not there, and the rest after it.
        return false;
      }
    });
    expect(await cache.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
    await cache.shutdown();
  });
});
