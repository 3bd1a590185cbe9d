import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type BoundCache,
  fail,
  inspector,
  keyOf,
  stamp,
  until,
  workerCache,
} from '../fixtures/workers.ts';

let server: RedisServer;
let redis: Redis;
const caches: BoundCache[] = [];

beforeAll(async () => {
  server = await startRedisServer();
  redis = inspector(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
});
beforeEach(() => redis.flushall());
afterEach(() => Promise.all(caches.splice(0).map((cache) => cache.shutdown())));

const LEASE = 60_000;

function worker(options: { lease?: number; ttl?: number } = {}, sourceId?: string): BoundCache {
  const cache = workerCache({ url: server.url, lease: LEASE, ...options }, sourceId);
  caches.push(cache);
  return cache;
}

const isTurnOf = (cache: BoundCache) => cache.shouldFetchFlagDefinitions();
const failures = () => keyOf(redis, ':failures');
/** As if the pause had ended that many milliseconds ago. */
const endPause = async (ago = 0) => redis.hset(await failures(), 'until', Date.now() - ago);

/** A worker that has tried and failed, and another of its fleet. */
async function failed(pause?: number): Promise<[failed: BoundCache, other: BoundCache]> {
  const [first, second] = [worker(), worker()];
  await isTurnOf(first);
  await fail(first, pause);
  return [first, second];
}

describe('after a fetch that failed', () => {
  it('nobody is to fetch until the pause is over, and then one is', async () => {
    const [broken, other] = await failed();
    expect([await isTurnOf(broken), await isTurnOf(other)]).toEqual([false, false]);
    await endPause();
    expect([await isTurnOf(other), await isTurnOf(broken)]).toEqual([true, false]);
  });

  it('the pause is as long as the worker says, and ends by itself', async () => {
    const [, other] = await failed(300);
    expect(Number(await redis.hget(await failures(), 'until'))).toBeLessThanOrEqual(
      Date.now() + 300,
    );
    await until(() => isTurnOf(other));
  });

  it('the pause is never longer than definitions are kept', async () => {
    const broken = worker({ ttl: 2 * LEASE });
    await isTurnOf(broken);
    await fail(broken, Number.POSITIVE_INFINITY);
    expect(await redis.pttl(await failures())).toBeLessThanOrEqual(4 * LEASE);
  });

  it('a worker with other credentials is not held back', async () => {
    await failed();
    const stranger = worker({}, 'plain:other');
    expect(await isTurnOf(stranger)).toBe(true);
    expect(await stranger.mayFetchFlagDefinitions()).toBe(true);
  });

  it('no other worker is to fetch for itself either, until one has succeeded', async () => {
    const [broken, other] = await failed();
    expect(await other.mayFetchFlagDefinitions()).toBe(false);
    await endPause();
    await isTurnOf(other);
    expect(await broken.mayFetchFlagDefinitions()).toBe(false);
    await other.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    expect(await broken.mayFetchFlagDefinitions()).toBe(true);
  });

  it('a clock of Redis that is set back, as by another server, does not make the pause longer', async () => {
    const [, other] = await failed();
    const key = await failures();
    const hour = 3_600_000;
    await redis.hincrby(key, 'until', hour);
    await redis.pexpire(key, (await redis.pttl(key)) + hour);
    expect(await isTurnOf(other)).toBe(true);
  });

  it('what is known of it is forgotten when nobody tries again', async () => {
    const [, other] = await failed();
    await redis.pexpire(await failures(), 1);
    await until(() => other.mayFetchFlagDefinitions());
    expect(await isTurnOf(other)).toBe(true);
  });
});

describe('when the pause is over', () => {
  it('whoever failed lets another go first, if one has asked since', async () => {
    const [broken, other] = await failed();
    await isTurnOf(other);
    await endPause();
    expect([await isTurnOf(broken), await isTurnOf(other)]).toEqual([false, true]);
  });

  it('and no other comes within a lease, whoever failed is to fetch again', async () => {
    const [broken, other] = await failed();
    await isTurnOf(other);
    await endPause(LEASE);
    expect(await isTurnOf(broken)).toBe(true);
  });

  it('and there is no other, whoever failed is to fetch at once', async () => {
    const [broken] = await failed();
    expect(await isTurnOf(broken)).toBe(false);
    await endPause();
    expect(await isTurnOf(broken)).toBe(true);
  });

  it('nor does it wait for one that has been gone since the pause before', async () => {
    const [broken, other] = await failed();
    await isTurnOf(other);
    await endPause();
    await isTurnOf(other);
    await fail(other);
    await broken.shutdown();
    await endPause();
    expect(await isTurnOf(other)).toBe(true);
  });

  it('and whoever tries again closes, another is to fetch at once', async () => {
    const [, other] = await failed();
    await endPause();
    await isTurnOf(other);
    await other.shutdown();
    const third = worker();
    expect(await isTurnOf(third)).toBe(true);
    expect(await fail(third)).toEqual([2]);
  });

  it('nobody else is to fetch while one tries again, though that one goes silent', async () => {
    const [broken, other] = await failed();
    await endPause();
    await isTurnOf(other);
    await redis.del(await keyOf(redis, ':lease'));
    const third = worker();
    expect([await isTurnOf(broken), await isTurnOf(third)]).toEqual([false, false]);
    await endPause();
    expect(await isTurnOf(third)).toBe(true);
  });
});

describe('failures in a row', () => {
  /** Has a worker try again and fail, when the pause is over. */
  async function failAgain(cache: BoundCache): Promise<number[]> {
    await endPause();
    expect(await isTurnOf(cache)).toBe(true);
    return fail(cache);
  }

  it('are counted for all workers together', async () => {
    const [first, second] = await failed();
    expect(await failAgain(second)).toEqual([2]);
    expect(await failAgain(worker())).toEqual([3]);
    expect(await failAgain(first)).toEqual([4]);
  });

  it.each<[string, (cache: BoundCache) => unknown]>([
    ['stored', (cache) => cache.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))],
    ['confirmed', (cache) => cache.onFlagDefinitionsUnchanged(stamp('v1'))],
  ])('end with definitions that are %s', async (_what, succeed) => {
    const [, other] = await failed();
    await endPause();
    await isTurnOf(other);
    await succeed(other);
    expect(await redis.keys('*:failures')).toEqual([]);
    await isTurnOf(other);
    expect(await fail(other)).toEqual([1]);
  });

  it('end with a worker that has fetched while Redis could not be asked', async () => {
    const [broken] = await failed();
    expect(await worker().onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
    expect(await broken.mayFetchFlagDefinitions()).toBe(true);
    expect(await broken.getFlagDefinitions()).toEqual({ v: 1 });
  });

  it('end with whoever has fetched, though nothing can be stored', async () => {
    const [broken, other] = await failed();
    await endPause();
    await isTurnOf(other);
    expect(await broken.mayFetchFlagDefinitions()).toBe(false);
    expect([await isTurnOf(other), await isTurnOf(broken)]).toEqual([true, false]);
    expect(await broken.mayFetchFlagDefinitions()).toBe(true);
    expect(await fail(other)).toEqual([1]);
  });

  it('are not ended by a worker that another has replaced', async () => {
    const [silent, other] = [worker(), worker()];
    await isTurnOf(silent);
    await redis.del(await keyOf(redis, ':lease'));
    await isTurnOf(other);
    await fail(other);
    expect(await silent.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBe(false);
    expect(await other.mayFetchFlagDefinitions()).toBe(false);
  });

  it('keep the lease with whoever holds it, when a former holder was late to fail', async () => {
    const [late, holder] = [worker(), worker()];
    await isTurnOf(late);
    await redis.del(await keyOf(redis, ':lease'));
    await isTurnOf(holder);
    await fail(late);
    expect([await isTurnOf(holder), await isTurnOf(worker())]).toEqual([true, false]);
    expect(await fail(late)).toEqual([]);
  });
});

describe('whatever else is where failures are noted', () => {
  const PAUSE = { count: '1', until: '9e12' };

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['a text', (key) => redis.set(key, 'boo', 'PX', 50_000)],
    ['a list', (key) => redis.lpush(key, 'boo')],
    ['a hash without end', (key) => redis.hset(key, 'count', 3, 'until', Date.now() + 1e9)],
    ['a hash of something else', (key) => hash(key, { a: 'b' })],
    ['a hash that does not say how long it lasts', (key) => hash(key, { ...PAUSE, lasts: '' })],
    ['a hash that lasts longer than it says', (key) => hash(key, { ...PAUSE, lasts: 40_000 })],
    ['a count that is no number', (key) => hash(key, { count: 'NaN', until: '9e15' })],
    ['a negative count', (key) => hash(key, { count: '-1', until: '9e15' })],
    ['a time that is no number', (key) => hash(key, { count: '1', until: 'soon' })],
  ])('(%s) keeps nobody from fetching', async (_what, fill) => {
    await failed();
    const key = await failures();
    await redis.del(key);
    await fill(key);
    const cache = worker();
    expect(await isTurnOf(cache)).toBe(true);
    await fail(cache);
    expect(await isTurnOf(cache)).toBe(false);
    expect(await redis.pttl(key)).toBeGreaterThan(0);
  });

  async function hash(key: string, fields: object): Promise<void> {
    await redis.hset(key, { lasts: 50_000, ...fields });
    await redis.pexpire(key, 50_000);
  }
});
