import type { FlagClient } from '@halyard/server';
import { type RedisServer, type Reply, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colorOf, colorsOf, documentSource, type Fleet, startFleet } from '../fixtures/fleet.ts';
import { inspector, until } from '../fixtures/workers.ts';
import { redisDefinitionCache } from '../index.ts';

let redis: RedisServer;
let fleet: Fleet;
let inside: Redis;

beforeEach(async () => {
  redis = await startRedisServer();
  inside = inspector(redis.url);
  fleet = await startFleet({ body: { color: 'red' }, etag: '"1"' });
});
afterEach(async () => {
  await fleet.close();
  inside.disconnect();
  await redis.close();
});

const publish = (color: string) => fleet.server.respond({ body: { color }, etag: `"${color}"` });
const allHave = (clients: FlagClient[], color: string) =>
  until(() => clients.every((client) => colorOf(client) === color));
const role = (client: FlagClient) => client.status().cache?.role;

/** Workers that have definitions, of which the first fetches. */
async function workers(count: number, interval?: number): Promise<[FlagClient, ...FlagClient[]]> {
  const options = interval === undefined ? {} : { refresh: { interval } };
  const [leader] = fleet.workers(1, redis.url, options) as [FlagClient];
  await leader.refresh();
  const others = fleet.workers(count - 1, redis.url, options);
  await Promise.all(others.map((client) => client.ready()));
  expect([leader, ...others].map(role)).toEqual(['leader', ...others.map(() => 'follower')]);
  return [leader, ...others];
}

const RARELY = 60_000;

/** How often it has refreshed, from wherever. */
function attemptsOf(client: FlagClient): number {
  const { changed, unchanged, failed } = client.status().refreshes;
  return changed + unchanged + failed;
}

describe('workers that share definitions', () => {
  it('have them with one request, however many there are', async () => {
    const clients = await workers(8, RARELY);
    expect(colorsOf(clients)).toEqual(Array(8).fill('red'));
    expect(new Set(clients.map((client) => client.status().version)).size).toBe(1);
    expect(fleet.server.requests).toHaveLength(1);
  });

  it('all have new ones as soon as one has, without a refresh of their own', async () => {
    const clients = await workers(4, RARELY);
    await until(() => clients.every((client) => (client.status().cache?.pushes ?? 0) > 0));
    publish('blue');
    await clients[0].refresh();
    await allHave(clients, 'blue');
    expect(fleet.server.requests).toHaveLength(2);
  });

  it('ask the backend no more often than one of them would', async () => {
    const [leader] = await workers(5);
    await fleet.server.received(6);
    const { changed, unchanged } = leader.status().refreshes;
    // One may be under way.
    expect(fleet.server.requests.length).toBeLessThanOrEqual(changed + unchanged + 1);
    expect(fleet.server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
  });

  it('serve from the cache at once when the backend is down', async () => {
    await workers(1);
    fleet.server.respond({ status: 503 });
    const clients = fleet.workers(3, redis.url);
    const states = await Promise.all(clients.map((client) => client.ready()));
    expect(states.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(colorsOf(clients)).toEqual(['red', 'red', 'red']);
  });

  it('go on with another when the one that fetches closes', async () => {
    const [leader, ...others] = await workers(3);
    await leader.close();
    publish('blue');
    await allHave(others, 'blue');
  });

  it('go on with another when the one that fetches has lost its credentials', async () => {
    const credentials = { key: 'good' };
    const source = documentSource(fleet.server.url, credentials);
    const broken = fleet.worker(redisDefinitionCache({ url: redis.url }), { source });
    await broken.ready();
    const [healthy] = fleet.workers(1, redis.url) as [FlagClient];
    await healthy.ready();
    expect(role(healthy)).toBe('follower');
    credentials.key = 'bad';
    fleet.server.respond(({ headers }) =>
      headers['x-key'] === 'bad' ? { status: 401 } : { body: { color: 'blue' } },
    );
    await allHave([healthy, broken], 'blue');
    expect(broken.status().refreshes.failed).toBeGreaterThan(0);
  });

  it.each<[string, Reply]>([
    ['has had too many requests', { status: 429 }],
    ['asks for patience', { status: 429, headers: { 'retry-after': '1' } }],
    ['is down', { status: 503 }],
    ['breaks connections', { fault: 'reset' }],
    ['takes no credentials', { status: 401 }],
  ])('ask a backend that %s about as often as one of them would', async (_what, reply) => {
    const clients = await workers(5, 100);
    fleet.server.respond(reply);
    const before = fleet.server.requests.length;
    const attempts = () => clients.map((client) => attemptsOf(client));
    const begun = attempts();
    await until(() => attempts().every((count, i) => count - (begun[i] ?? 0) >= 20));
    // One by itself asks 7 times in 20 intervals: after 1, 2, 4, and then each time 5.
    expect(fleet.server.requests.length - before).toBeLessThanOrEqual(12);
    publish('blue');
    await allHave(clients, 'blue');
  });

  it('have those of a backend that is well again, though the cache takes them no more', async () => {
    const worker = () => {
      const cache = redisDefinitionCache({ url: redis.url });
      const client = fleet.worker(cache);
      const refuse = () => Promise.reject(new Error('too large'));
      return { client, refuse: () => Object.assign(cache, { onFlagDefinitionsReceived: refuse }) };
    };
    const both = [worker(), worker()];
    const clients = both.map(({ client }) => client);
    await allHave(clients, 'red');
    fleet.server.respond({ status: 503 });
    await until(async () => (await inside.keys('*:failures')).length === 1);
    for (const { refuse } of both) refuse();
    publish('blue');
    await allHave(clients, 'blue');
  });

  it('that have none yet do not wait for long until one that failed may try again', async () => {
    const credentials = { key: 'bad' };
    const refresh = { interval: RARELY };
    fleet.server.respond(({ headers }) =>
      headers['x-key'] === 'bad' ? { status: 401 } : { body: { color: 'red' } },
    );
    const source = documentSource(fleet.server.url, credentials);
    const broken = fleet.worker(redisDefinitionCache({ url: redis.url }), { source, refresh });
    await broken.refresh();
    const [healthy] = fleet.workers(1, redis.url, { refresh }) as [FlagClient];
    await healthy.ready();
    expect([role(healthy), colorOf(healthy)]).toEqual(['follower', 'red']);
  });

  it('store them again when the cache has lost them', async () => {
    await workers(2);
    await inside.flushall();
    await until(async () => (await inside.keys('*:definitions')).length === 1);
    const [late] = fleet.workers(1, redis.url) as [FlagClient];
    await late.ready();
    expect(colorOf(late)).toBe('red');
    expect(fleet.warnings).toEqual([]);
  });
});
