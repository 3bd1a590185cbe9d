import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BoundCache, inspector, stamp, until, workerCache } from '../fixtures/workers.ts';

let server: RedisServer;
let redis: Redis;
let leader: BoundCache;
const open: (() => void)[] = [];

beforeAll(async () => {
  server = await startRedisServer();
  redis = inspector(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
});
beforeEach(async () => {
  await redis.flushall();
  leader = workerCache({ url: server.url });
  await leader.shouldFetchFlagDefinitions();
});
afterEach(async () => {
  for (const end of open.splice(0)) end();
  await leader.shutdown();
});

/** How many channels somebody listens to. */
const channels = async () => ((await redis.call('PUBSUB', 'CHANNELS')) as string[]).length;

/** A worker that listens, and how often it has heard something since it began to. */
async function listener(cache = workerCache({ url: server.url })) {
  const heard = { times: 0 };
  const stop = cache.subscribe(() => {
    heard.times++;
  });
  open.push(() => {
    stop();
    void cache.shutdown();
  });
  await until(() => heard.times === 1);
  heard.times = 0;
  return { cache, heard, stop };
}

describe('a worker that listens', () => {
  it('hears of everything that another stores', async () => {
    const { heard } = await listener();
    await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    await until(() => heard.times === 1);
    await leader.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'));
    await until(() => heard.times === 2);
    expect(heard.times).toBe(2);
  });

  it('does not hear of what it stores itself, nor of what was only confirmed', async () => {
    const { heard } = await listener(leader);
    const other = await listener();
    await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    await leader.onFlagDefinitionsUnchanged(stamp('v1'));
    await leader.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'));
    await until(() => other.heard.times === 2);
    expect(heard.times).toBe(0);
  });

  it('does not hear of other sources', async () => {
    const other = await listener(workerCache({ url: server.url }, 'plain:other'));
    const { heard } = await listener();
    await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    await until(() => heard.times === 1);
    expect(other.heard.times).toBe(0);
  });

  it('looks again after its connection was lost, for what it has not heard', async () => {
    const { heard } = await listener();
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await until(() => heard.times === 1);
    await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    await until(() => heard.times === 2);
    expect(heard.times).toBe(2);
  });

  it('hears nothing when it has stopped, and leaves no connection behind', async () => {
    const { heard, stop } = await listener();
    expect(await channels()).toBe(1);
    stop();
    await until(async () => (await channels()) === 0);
    await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    expect(heard.times).toBe(0);
  });
});

describe('a server that allows no publishing', () => {
  it('stores all the same', async () => {
    await redis.call('ACL', 'SETUSER', 'quiet', 'on', '>pw', '~*', '+@all', '-publish');
    const url = server.url.replace('//', '//quiet:pw@');
    await leader.shutdown();
    leader = workerCache({ url });
    await leader.shouldFetchFlagDefinitions();
    expect(await leader.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
    expect(await leader.getFlagDefinitions()).toEqual({ v: 1 });
  });
});
