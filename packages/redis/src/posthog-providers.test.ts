import { createFlagClient, type FlagClient } from '@halyard/server';
import { posthog } from '@halyard/sources/posthog';
import {
  type PosthogEmulator,
  type RedisServer,
  startPosthogEmulator,
  startRedisServer,
} from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  LeaderProvider,
  LockPerFetchProvider,
  type PosthogCacheProvider,
} from './fixtures/posthog-providers.ts';
import { inspector, until } from './fixtures/workers.ts';

let server: RedisServer;
let redis: Redis;
let emulator: PosthogEmulator;
const clients: FlagClient[] = [];

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
  emulator = await startPosthogEmulator({ definitions: definitions('checkout') });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await emulator.close();
});

const flag = (key: string) => ({
  id: 1,
  key,
  active: true,
  filters: { groups: [{ properties: [], rollout_percentage: 100 }] },
});

function definitions(key: string) {
  return {
    flags: [flag(key)],
    cohorts: {},
    group_type_mapping: { '0': 'company' },
    property_matching_version: 2,
  };
}

function worker(cache: PosthogCacheProvider): FlagClient {
  const { host, projectKey, secretKey } = emulator;
  const client = createFlagClient({
    source: posthog({ host, projectKey, secretKey, sendFeatureFlagEvents: false }),
    refresh: { interval: 60_000 },
    cache,
  });
  clients.push(client);
  return client;
}

const isOn = (client: FlagClient, key: string) =>
  client.resolve(key, false, { targetingKey: 'a' }).value;
const fetches = () => emulator.requestsTo('definitions').length;
const role = (client: FlagClient) => client.status().cache?.role;
const follower = (client: FlagClient) => until(() => role(client) === 'follower');

describe('a provider for posthog-node by which one worker leads', () => {
  const provider = () => new LeaderProvider(redis, 'shop');
  const stored = async () => JSON.parse((await redis.get('posthog:flags:shop')) ?? 'null');

  it('has two workers share one request', async () => {
    const leader = worker(provider());
    await leader.refresh();
    const other = worker(provider());
    await other.ready();
    expect([role(leader), role(other)]).toEqual(['leader', 'follower']);
    expect([isOn(leader, 'checkout'), isOn(other, 'checkout')]).toEqual([true, true]);
    expect(fetches()).toBe(1);
  });

  it('is given what the SDK gives it: plain data, in both spellings', async () => {
    await worker(provider()).refresh();
    expect(await stored()).toEqual({
      flags: [flag('checkout')],
      cohorts: {},
      group_type_mapping: { '0': 'company' },
      groupTypeMapping: { '0': 'company' },
      minimal_flag_called_events: false,
      minimalFlagCalledEvents: false,
      property_matching_version: 2,
      propertyMatchingVersion: 2,
    });
  });

  it.each([
    ['with underscores', { flags: [flag('other')], cohorts: {}, group_type_mapping: {} }],
    ['without', { flags: [flag('other')], cohorts: {}, groupTypeMapping: {} }],
  ])('may give what a program in another language has stored, %s', async (_how, data) => {
    await redis.set('posthog:flags:shop', JSON.stringify(data));
    await redis.set('posthog:flags:shop:lock', 'a worker in Python');
    const client = worker(provider());
    await client.ready();
    expect([role(client), isOn(client, 'other')]).toEqual(['follower', true]);
    expect(fetches()).toBe(0);
  });

  it('hands over when the one that leads closes, and not when another does', async () => {
    const leader = worker(provider());
    await leader.refresh();
    const [other, heir] = [worker(provider()), worker(provider())];
    await Promise.all([follower(other), follower(heir)]);
    await other.close();
    expect(await redis.exists('posthog:flags:shop:lock')).toBe(1);
    await leader.close();
    emulator.publish(definitions('payment'));
    await heir.refresh();
    expect([role(heir), isOn(heir, 'payment')]).toEqual(['leader', true]);
  });

  it('passes on what has changed', async () => {
    const leader = worker(provider());
    await leader.refresh();
    const other = worker(provider());
    await other.ready();
    emulator.publish(definitions('payment'));
    await leader.refresh();
    await other.refresh();
    expect([isOn(other, 'payment'), isOn(other, 'checkout')]).toEqual([true, false]);
    expect(fetches()).toBe(2);
  });

  it('keeps the definitions while it fails, and comes back', async () => {
    const leader = worker(provider());
    await leader.refresh();
    const { onFlagDefinitionsReceived } = LeaderProvider.prototype;
    await redis.set('posthog:flags:shop', 'not JSON');
    const other = worker(provider());
    await other.ready();
    expect(isOn(other, 'checkout')).toBe(true);
    await onFlagDefinitionsReceived.call(provider(), definitions('payment') as never);
    await other.refresh();
    expect(isOn(other, 'payment')).toBe(true);
  });
});

describe('a provider for posthog-node that locks each fetch', () => {
  it('works as well', async () => {
    const provider = () => new LockPerFetchProvider(redis);
    const [first, second] = [worker(provider()), worker(provider())];
    await Promise.all([first.ready(), second.ready()]);
    expect([isOn(first, 'checkout'), isOn(second, 'checkout')]).toEqual([true, true]);
    emulator.publish(definitions('payment'));
    await first.refresh();
    expect(isOn(first, 'payment')).toBe(true);
    await second.refresh();
    expect(isOn(second, 'payment')).toBe(true);
  });
});
