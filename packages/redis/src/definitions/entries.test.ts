import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type BoundCache,
  fail,
  inspector,
  keyOf,
  stamp,
  workerCache,
} from '../fixtures/workers.ts';

let server: RedisServer;
let redis: Redis;
let leader: BoundCache;
let follower: BoundCache;

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
  follower = workerCache({ url: server.url });
  await leader.shouldFetchFlagDefinitions();
});
afterEach(() => Promise.all([leader.shutdown(), follower.shutdown()]));

const DATA = { pages: ['{"flags":"ünïcode \u0000"}'] };
const VALIDATOR = { etag: 'W/"1"', lastModified: 'Wed, 21 Oct 2015 07:28:00 GMT' };
const read = () => follower.getFlagDefinitionsEntry(undefined);

describe('what is stored', () => {
  it('is read as it was, with its stamp', async () => {
    const generation = await leader.onFlagDefinitionsReceived(
      DATA,
      stamp('v1', { validator: VALIDATOR }),
    );
    expect(await read()).toEqual({
      data: DATA,
      digest: 'v1',
      validator: VALIDATOR,
      generation,
      fetchedAt: expect.any(Number),
    });
    expect(await follower.getFlagDefinitions()).toEqual(DATA);
  });

  it('comes without data to a worker that holds it', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    const entry = await follower.getFlagDefinitionsEntry(stamp('v1'));
    expect(entry).toMatchObject({ digest: 'v1' });
    expect(entry).not.toHaveProperty('data');
  });

  it('has no validator when its fetch had none, whatever was stored before', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1', { validator: VALIDATOR }));
    await leader.onFlagDefinitionsReceived(DATA, stamp('v2'));
    expect((await read())?.validator).toBeUndefined();
  });

  it('is nothing before anything was', async () => {
    expect(await read()).toBeUndefined();
    expect(await follower.getFlagDefinitions()).toBeUndefined();
  });

  it('has an age, which does not depend on how clocks differ', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1', { fetchedAt: Date.now() - 5000 }));
    const behind = workerCache({ url: server.url });
    await behind.shutdown();
    const now = () => Date.now() - 3_600_000;
    behind.bind({ sourceName: 'plain', sourceId: 'plain:test', refreshInterval: 1000, now });
    const entry = await behind.getFlagDefinitionsEntry(undefined);
    const age = now() - (entry?.fetchedAt ?? 0);
    expect(age).toBeGreaterThanOrEqual(5000);
    expect(age).toBeLessThan(60_000);
    await behind.shutdown();
  });
});

describe('generations', () => {
  it('grow with everything that is stored', async () => {
    const first = await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    const second = await leader.onFlagDefinitionsReceived(DATA, stamp('v2'));
    expect(second).toBeGreaterThan(Number(first));
  });

  it('go on growing when Redis has lost everything', async () => {
    const first = await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    await redis.flushall();
    await leader.shouldFetchFlagDefinitions();
    const second = await leader.onFlagDefinitionsReceived(DATA, stamp('v2'));
    expect(second).toBeGreaterThan(Number(first));
  });

  it('exceed what the worker that stores has seen', async () => {
    const first = await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    const seen = Number(first) + 60_000_000;
    const next = await leader.onFlagDefinitionsReceived(DATA, stamp('v2', { generation: seen }));
    expect(next).toBe(seen + 1);
  });
});

describe('definitions that the backend confirms', () => {
  it('live longer', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    const key = await keyOf(redis, ':definitions');
    await redis.pexpire(key, 5000);
    expect(await leader.onFlagDefinitionsUnchanged(stamp('v1'))).toBe(true);
    expect(await redis.pttl(key)).toBeGreaterThan(60_000);
  });

  it('become younger, and may get another validator', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1', { fetchedAt: Date.now() - 60_000 }));
    const before = await read();
    await leader.onFlagDefinitionsUnchanged(stamp('v1', { validator: VALIDATOR }));
    const after = await read();
    expect(after?.fetchedAt).toBeGreaterThan((before?.fetchedAt ?? 0) + 50_000);
    expect(after).toMatchObject({ validator: VALIDATOR, generation: before?.generation });
  });

  it('are told to be gone, when they are', async () => {
    expect(await leader.onFlagDefinitionsUnchanged(stamp('v1'))).toBe(false);
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    expect(await leader.onFlagDefinitionsUnchanged(stamp('v2'))).toBe(false);
    expect(await leader.onFlagDefinitionsUnchanged(stamp('v1'))).toBe(true);
  });
});

describe('whatever else is under the keys', () => {
  const hash = (fields: object) => async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('old'));
    const key = await keyOf(redis, ':definitions');
    for (const [field, value] of Object.entries(fields)) await redis.hset(key, field, value);
  };
  const replace = (suffix: string, fill: (key: string) => Promise<unknown>) => async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('old'));
    const key = await keyOf(redis, suffix);
    await redis.del(key);
    await fill(key);
  };

  it.each<[string, () => Promise<unknown>]>([
    ['a text for the definitions', replace(':definitions', (key) => redis.set(key, 'boo'))],
    ['a list for the definitions', replace(':definitions', (key) => redis.lpush(key, 'boo'))],
    ['a hash of something else', replace(':definitions', (key) => redis.hset(key, 'a', 'b'))],
    ['data that is no JSON', hash({ data: '{"pages":' })],
    ['a validator that is no JSON', hash({ validator: '{' })],
    ['a generation that is no number', hash({ generation: 'NaN' })],
    ['a generation from the future', hash({ generation: '9007199254740991' })],
    ['an endless generation', hash({ generation: 'inf' })],
    ['a negative generation', hash({ generation: '-5' })],
    ['no time', hash({ confirmedAt: '' })],
    ['a list for the token', replace(':token', (key) => redis.lpush(key, 'boo'))],
    ['a token from the future', replace(':token', (key) => redis.set(key, '9007199254740991'))],
    ['a token that is no number', replace(':token', (key) => redis.set(key, 'boo'))],
    ['a list for the lease', replace(':lease', (key) => redis.lpush(key, 'boo'))],
    ['a lease without end', replace(':lease', (key) => redis.set(key, 'stranger'))],
    ['a lease of years', replace(':lease', (key) => redis.set(key, 'x', 'EX', 100_000_000))],
  ])('(%s) keeps nobody from storing, nor from reading what is stored', async (_what, put) => {
    await put();
    await read();
    expect(await leader.shouldFetchFlagDefinitions()).toBe(true);
    expect(await leader.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'))).toBeGreaterThan(0);
    expect(await read()).toMatchObject({ digest: 'v2', data: { v: 2 } });
    expect(await leader.onFlagDefinitionsUnchanged(stamp('v2'))).toBe(true);
  });

  it('is not read when it is none of ours', async () => {
    for (const fields of [{ data: '{' }, { generation: 'inf' }, { confirmedAt: 'x' }]) {
      await hash(fields)();
      expect(await read()).toBeUndefined();
    }
  });

  it('is not read when it is larger than any definitions', async () => {
    await hash({ data: 'x'.repeat(64 * 1024 * 1024 + 1) })();
    await expect(read()).rejects.toThrow('TOOLARGE');
  });

  it('disappears by itself some time after the last worker has gone', async () => {
    await leader.onFlagDefinitionsReceived(DATA, stamp('v1'));
    await fail(leader);
    expect(await redis.keys('*')).toHaveLength(3);
    for (const key of await redis.keys('*')) expect(await redis.pttl(key)).toBeGreaterThan(0);
  });
});
