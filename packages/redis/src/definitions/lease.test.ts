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

function worker(options: { lease?: number } = {}): BoundCache {
  const cache = workerCache({ url: server.url, ...options });
  caches.push(cache);
  return cache;
}

/** As if the holder had gone silent for longer than its lease. */
const expireLease = async () => redis.del(await keyOf(redis, ':lease'));

describe('the lease', () => {
  it('is taken by the first who asks, and by no other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => worker().shouldFetchFlagDefinitions()),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('stays with its holder, who renews it by asking', async () => {
    const [holder, other] = [worker({ lease: 60_000 }), worker({ lease: 60_000 })];
    await holder.shouldFetchFlagDefinitions();
    const lease = await keyOf(redis, ':lease');
    await redis.pexpire(lease, 30_000);
    expect(await other.shouldFetchFlagDefinitions()).toBe(false);
    expect(await redis.pttl(lease)).toBeLessThanOrEqual(30_000);
    expect(await holder.shouldFetchFlagDefinitions()).toBe(true);
    expect(await redis.pttl(lease)).toBeGreaterThan(30_000);
    expect(await other.shouldFetchFlagDefinitions()).toBe(false);
  });

  it('lasts as long as the option says, or two and a half intervals', async () => {
    await worker().shouldFetchFlagDefinitions();
    const lease = await keyOf(redis, ':lease');
    const left = await redis.pttl(lease);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(2500);
    await expireLease();
    await worker({ lease: 60_000 }).shouldFetchFlagDefinitions();
    expect(await redis.pttl(lease)).toBeGreaterThan(2500);
  });

  it('ends by itself when its holder goes silent', async () => {
    const [silent, heir] = [worker({ lease: 1001 }), worker({ lease: 9000 })];
    await silent.shouldFetchFlagDefinitions();
    await until(() => heir.shouldFetchFlagDefinitions());
    expect(await silent.shouldFetchFlagDefinitions()).toBe(false);
  });

  it('is given back by a holder who closes', async () => {
    const [leaving, heir] = [worker(), worker()];
    await leaving.shouldFetchFlagDefinitions();
    await leaving.shutdown();
    expect(await heir.shouldFetchFlagDefinitions()).toBe(true);
  });

  it('is not taken from its holder by another who fails or closes', async () => {
    const [former, holder] = [worker(), worker()];
    await former.shouldFetchFlagDefinitions();
    await expireLease();
    await holder.shouldFetchFlagDefinitions();
    await fail(former);
    await former.shutdown();
    const late = worker();
    expect(await late.shouldFetchFlagDefinitions()).toBe(false);
    await late.shutdown();
    expect(await worker().shouldFetchFlagDefinitions()).toBe(false);
  });

  it('of one source is none of another', async () => {
    await worker().shouldFetchFlagDefinitions();
    const other = workerCache({ url: server.url }, 'plain:other');
    caches.push(other);
    expect(await other.shouldFetchFlagDefinitions()).toBe(true);
  });
});

describe('a former holder', () => {
  /** One who was stopped while the lease went to another, who then stored. */
  async function stoppedHolder(): Promise<[former: BoundCache, holder: BoundCache]> {
    const [former, holder] = [worker(), worker()];
    await former.shouldFetchFlagDefinitions();
    await former.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'));
    await expireLease();
    await holder.shouldFetchFlagDefinitions();
    await holder.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'));
    return [former, holder];
  }

  it('cannot overwrite what came since', async () => {
    const [former, holder] = await stoppedHolder();
    expect(await former.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBe(false);
    expect(await holder.getFlagDefinitions()).toEqual({ v: 2 });
  });

  it('cannot confirm it, nor bring it back to an older time', async () => {
    const [former, holder] = await stoppedHolder();
    const old = stamp('v2', { fetchedAt: Date.now() - 60_000, validator: { etag: '"old"' } });
    expect(await former.onFlagDefinitionsUnchanged(old)).toBeUndefined();
    const entry = await holder.getFlagDefinitionsEntry(undefined);
    expect(entry?.validator).toBeUndefined();
    expect(Date.now() - (entry?.fetchedAt ?? 0)).toBeLessThan(60_000);
  });

  it('cannot even when the new one has not stored yet, or its lease has ended', async () => {
    const [former, holder] = [worker(), worker()];
    await former.shouldFetchFlagDefinitions();
    await expireLease();
    await holder.shouldFetchFlagDefinitions();
    await expireLease();
    expect(await former.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBe(false);
    expect(await holder.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'))).toBeGreaterThan(0);
  });

  it('still may when nobody has taken over', async () => {
    const holder = worker();
    await holder.shouldFetchFlagDefinitions();
    await expireLease();
    expect(await holder.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
  });

  it('stays fenced off after Redis has lost everything', async () => {
    const [former, holder] = [worker(), worker()];
    await former.shouldFetchFlagDefinitions();
    await redis.flushall();
    await holder.shouldFetchFlagDefinitions();
    await holder.onFlagDefinitionsReceived({ v: 2 }, stamp('v2'));
    expect(await former.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBe(false);
    expect(await holder.onFlagDefinitionsReceived({ v: 3 }, stamp('v3'))).toBeGreaterThan(0);
  });

  it('can write again when the lease is its own again', async () => {
    const [former, holder] = await stoppedHolder();
    await holder.shutdown();
    expect(await former.shouldFetchFlagDefinitions()).toBe(true);
    expect(await former.onFlagDefinitionsReceived({ v: 3 }, stamp('v3'))).toBeGreaterThan(0);
  });
});

describe('a worker that has fetched while Redis could not be asked', () => {
  it('stores when it then gets the lease', async () => {
    const lone = worker();
    expect(await lone.onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBeGreaterThan(0);
  });

  it('does not when another has it', async () => {
    await worker().shouldFetchFlagDefinitions();
    expect(await worker().onFlagDefinitionsReceived({ v: 1 }, stamp('v1'))).toBe(false);
  });
});
