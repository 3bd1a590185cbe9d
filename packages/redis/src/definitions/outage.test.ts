import type { FlagClient } from '@halyard/server';
import { type RedisServer, startRedisServer, startTcpProxy } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colorOf, colorsOf, type Fleet, startFleet } from '../fixtures/fleet.ts';
import { until, workerCache } from '../fixtures/workers.ts';

let redis: RedisServer;
let fleet: Fleet;

beforeEach(async () => {
  redis = await startRedisServer();
  fleet = await startFleet({ body: { color: 'red' } });
});
afterEach(async () => {
  await fleet.close();
  await redis.close();
});

const publish = (color: string) => fleet.server.respond({ body: { color } });
const allHave = (clients: FlagClient[], color: string) =>
  until(() => clients.every((client) => colorOf(client) === color));
const roles = (clients: FlagClient[]) =>
  clients.map((client) => client.status().cache?.role).sort();
const together = (clients: FlagClient[]) =>
  until(() => String(roles(clients)) === 'follower,follower,leader');
const alone = (clients: FlagClient[]) =>
  until(() => String(roles(clients)) === 'alone,alone,alone');

/** Three workers that share definitions. */
async function threeWorkers(): Promise<FlagClient[]> {
  const clients = fleet.workers(3, redis.url);
  await together(clients);
  return clients;
}

describe('workers whose Redis', () => {
  it('is not there when they start, fetch each for itself, and share when it comes', async () => {
    await redis.kill();
    const clients = fleet.workers(3, redis.url);
    await Promise.all(clients.map((client) => client.ready()));
    expect(colorsOf(clients)).toEqual(['red', 'red', 'red']);
    expect(roles(clients)).toEqual(['alone', 'alone', 'alone']);
    await redis.restart();
    await together(clients);
    publish('blue');
    await allHave(clients, 'blue');
  });

  it('is killed, go on each for itself, and share again when it is back', async () => {
    const clients = await threeWorkers();
    await redis.kill();
    publish('blue');
    await allHave(clients, 'blue');
    await alone(clients);
    await redis.restart();
    await together(clients);
    publish('green');
    await allHave(clients, 'green');
    expect(clients.map((client) => client.status().state)).toEqual(['ready', 'ready', 'ready']);
  });

  it('is frozen, go on each for itself, and share again when it is back', async () => {
    const clients = await threeWorkers();
    redis.freeze();
    publish('blue');
    await allHave(clients, 'blue');
    await alone(clients);
    redis.thaw();
    await together(clients);
    publish('green');
    await allHave(clients, 'green');
  });

  it('is frozen, start and close all the same', async () => {
    redis.freeze();
    const clients = fleet.workers(2, redis.url);
    const states = await Promise.all(clients.map((client) => client.ready()));
    expect(states.map(({ state }) => state)).toEqual(['ready', 'ready']);
    const ends = await Promise.all(clients.map((client) => client.close()));
    expect(ends.map(({ state }) => state)).toEqual(['closed', 'closed']);
    redis.thaw();
  });

  it.each(['kill', 'freeze'] as const)(
    'is gone (%s) while they all pause, go on each for itself',
    async (end) => {
      const refresh = { interval: 200, maxBackoff: 60_000 };
      const clients = fleet.workers(3, redis.url, { refresh });
      await together(clients);
      fleet.server.respond({ status: 429, headers: { 'retry-after': '60' } });
      const hasFailed = (client: FlagClient) => client.status().refreshes.failed > 0;
      await until(() => clients.some(hasFailed));
      const others = clients.filter((client) => !hasFailed(client));
      expect(others).toHaveLength(2);
      publish('blue');
      await redis[end]();
      await allHave(others, 'blue');
      if (end === 'freeze') redis.thaw();
    },
  );

  it('is down, are warned once', async () => {
    const clients = await threeWorkers();
    await redis.kill();
    await alone(clients);
    const warned = fleet.warnings.length;
    publish('blue');
    await allHave(clients, 'blue');
    publish('green');
    await allHave(clients, 'green');
    expect(warned).toBeGreaterThan(0);
    const troubles = fleet.warnings.filter((text) => text.includes('shouldFetchFlagDefinitions'));
    // Per worker: the connection that broke, and the one that could not be made.
    expect(troubles.length).toBeLessThanOrEqual(6);
  });
});

describe('a cache whose Redis', () => {
  const asksOf = (url: string) => {
    const cache = workerCache({ url, timeout: 200 });
    return { cache, ask: async () => cache.shouldFetchFlagDefinitions() };
  };

  it('is frozen fails each call by itself, and works again afterwards', async () => {
    const { cache, ask } = asksOf(redis.url);
    expect(await ask()).toBe(true);
    redis.freeze();
    for (let i = 0; i < 5; i++) {
      await expect(ask()).rejects.toThrow(expect.objectContaining({ name: 'HalyardError' }));
    }
    redis.thaw();
    await until(() => ask().catch(() => false));
    await cache.shutdown();
  });

  it('has gone without a word gets another connection', async () => {
    const network = await startTcpProxy(redis.port);
    const { cache, ask } = asksOf(`redis://127.0.0.1:${network.port}`);
    expect(await ask()).toBe(true);
    network.swallow();
    await expect(ask()).rejects.toThrow(expect.objectContaining({ code: 'DEADLINE_EXCEEDED' }));
    expect(await ask()).toBe(true);
    await cache.shutdown();
    await network.close();
  });

  it('has gone without a word for those who listen gets another as well', async () => {
    const network = await startTcpProxy(redis.port);
    const { cache, ask } = asksOf(`redis://127.0.0.1:${network.port}`);
    let heard = 0;
    cache.subscribe(() => heard++);
    await until(() => heard === 1);
    network.swallow();
    await ask();
    await until(() => heard === 2);
    await cache.shutdown();
    await network.close();
  });

  it('refuses the password says so, and shows no password', async () => {
    const locked = await startRedisServer({ args: ['--requirepass', 'right-password'] });
    const { cache, ask } = asksOf(locked.url.replace('//', '//:wrong-password@'));
    await expect(ask()).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^\[halyard\] \[redis\] Redis could not be reached.*WRONGPASS/,
        ),
      }),
    );
    await ask().catch((error: Error) => {
      const shown = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      expect(shown).not.toContain('wrong-password');
    });
    const open = asksOf(locked.url.replace('//', '//:right-password@'));
    expect(await open.ask()).toBe(true);
    await Promise.all([cache.shutdown(), open.cache.shutdown()]);
    await locked.close();
  });

  it('is not there says where it was looked for', async () => {
    await redis.kill();
    const { cache, ask } = asksOf(redis.url);
    await expect(ask()).rejects.toThrow(`127.0.0.1:${redis.port}: connect ECONNREFUSED`);
    await cache.shutdown();
  });

  it('has another database keeps apart what is in it', async () => {
    const [first, second] = [asksOf(redis.url), asksOf(`${redis.url}/1`)];
    expect(await first.ask()).toBe(true);
    expect(await second.ask()).toBe(true);
    await Promise.all([first.cache.shutdown(), second.cache.shutdown()]);
  });
});
