import {
  garbage,
  type RedisServer,
  startRedisServer,
  startTcpProxy,
  type TcpProxy,
} from '@halyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetFigures, type PhaseFigures } from '../fixtures/fleet-figures.ts';
import { pause } from '../fixtures/pause.ts';
import { ProcessFleet } from '../fixtures/process-fleet.ts';
import { buildPackages } from '../fixtures/program.ts';
import { stopWhileItAsks } from '../fixtures/stop-while-it-asks.ts';
import { StoreWatch } from '../fixtures/store-watch.ts';
import {
  type Asked,
  type Disturbance,
  startUpstream,
  type Upstream,
} from '../fixtures/upstream.ts';
import { until } from '../fixtures/workers.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const WORKERS = SOAK ? 8 : 4;
const STEADY_INTERVALS = SOAK ? 60 : 12;
const PUBLICATIONS = SOAK ? 20 : 4;
/** Milliseconds. */
const INTERVAL = SOAK ? 250 : 200;
const LEASE = 3 * INTERVAL;
const TTL = 10 * INTERVAL;
/** How long the upstream, or Redis, is in trouble, in milliseconds. */
const TROUBLE = INTERVAL * (SOAK ? 40 : 8);
/** The age, in milliseconds, from which definitions count as stale: the client's default. */
const STALE_AFTER = 10 * INTERVAL;

let redis: RedisServer;
let network: TcpProxy;
let upstream: Upstream;
let fleet: ProcessFleet;
let store: StoreWatch;
let figures: FleetFigures;

beforeAll(async () => {
  await buildPackages();
  redis = await startRedisServer();
  network = await startTcpProxy(redis.port);
  upstream = await startUpstream();
  const cache = { url: `redis://127.0.0.1:${network.port}`, lease: LEASE, ttl: TTL, timeout: 200 };
  fleet = new ProcessFleet({ upstream, cache, interval: INTERVAL });
  store = new StoreWatch(redis.url);
  figures = new FleetFigures(fleet, upstream, INTERVAL);
  await Promise.all(Array.from({ length: WORKERS }, (_, i) => fleet.start(`worker-${i}`)));
});
afterAll(async () => {
  console.table(figures.rows);
  await fleet.close();
  await store.close();
  await upstream.close();
  await network.close();
  await redis.close();
});

/**
 * Runs a phase. Whatever happens in it, no worker may be without definitions, or go back to older ones. How
 * old they may become is for the long run to check: stale only while the upstream gives none, for
 * `unserved` milliseconds, or while the machine keeps a worker from running.
 */
async function phase(name: string, run: () => Promise<void>, unserved = 0): Promise<PhaseFigures> {
  const measured = await figures.measure(name, run);
  expect(measured.samples).toBeGreaterThan(0);
  const bound = unserved + measured.standstill + STALE_AFTER;
  if (SOAK) expect(measured.oldest).toBeLessThan(bound);
  expect(measured.without).toBe(0);
  expect(measured.regressions).toEqual([]);
  expect(store.setbacks).toEqual([]);
  return measured;
}

const allAlone = () =>
  until(async () => (await fleet.reports()).every(({ role }) => role === 'alone'));

/** A phase in which the upstream is in trouble for a while, and is asked no more often than by one worker. */
const troublePhase = async (name: string, disturbance: Disturbance) => {
  const { requests, intervals } = await phase(
    name,
    async () => {
      upstream.disturb(disturbance);
      await pause(TROUBLE);
      upstream.disturb(undefined);
      const before = upstream.asked.length;
      // Whatever it was, what follows first is that nothing has changed.
      const isConfirmed = (one: Asked) => one.isServed && one.isConditional;
      await until(() => upstream.asked.slice(before).some(isConfirmed));
    },
    TROUBLE,
  );
  if (SOAK) expect(requests / intervals).toBeLessThan(0.4);
};

/** A phase in which Redis is out of reach for a while, so that each worker fetches for itself. */
const outagePhase = (name: string, begin: () => unknown, end: () => unknown) =>
  phase(name, async () => {
    await begin();
    await figures.publish();
    await allAlone();
    await pause(TROUBLE);
    await end();
  });

describe(`${WORKERS} processes that share definitions all have the newest, and never older ones`, () => {
  it('while nothing happens: one of them asks, once per interval', async () => {
    const before = await fleet.reports();
    const { requests, askers, intervals } = await phase('steady', () =>
      pause(STEADY_INTERVALS * INTERVAL),
    );
    const after = await fleet.reports();
    const attempts = after.map((report, i) => report.attempts - (before[i]?.attempts ?? 0));
    // Each worker refreshes once per interval; whoever takes over may ask once more.
    expect(requests).toBeLessThanOrEqual(Math.max(...attempts) + askers);
    if (SOAK) expect(requests / intervals).toBeLessThan(1.1);
  });

  it('as soon as one has fetched them', async () => {
    const { during, standstill } = await phase('publish', async () => {
      for (let i = 0; i < PUBLICATIONS; i++) await figures.publish();
    });
    expect(during).toHaveLength(PUBLICATIONS);
    const longest = Math.max(...during.map(({ sinceFetched }) => sinceFetched));
    if (SOAK) expect(longest).toBeLessThan(200 + standstill);
  });

  it('when the one that fetches is killed', async () => {
    await phase('leader SIGKILL', async () => {
      const leader = await fleet.leader();
      await fleet.kill(leader.name);
      await figures.publish();
      await fleet.start(leader.name);
    });
  });

  it('when the one that fetches is stopped for longer than its lease: its late write is refused', async () => {
    await phase('leader SIGSTOP, SIGCONT', async () => {
      const leader = await fleet.leader();
      const { writes } = await leader.report();
      const late = upstream.publish();
      await stopWhileItAsks(leader, upstream);
      await figures.publish();
      expect(leader.heldAt(late)).toBeUndefined();
      await fleet.leader();
      const stored = await store.look();
      leader.goOn();
      await until(() => leader.heldAt(late + 1) !== undefined);
      // It had the late ones for a moment, and did not get them into the store.
      expect(leader.sightings.map(({ release }) => release)).toContain(late);
      expect((await leader.report()).writes).toBe(writes);
      expect(await store.look()).toEqual(stored);
      expect(stored.release).toBe(late + 1);
    });
  });

  it('when the one that fetches has lost its credentials', async () => {
    await phase('leader 401', async () => {
      const leader = await fleet.leader();
      upstream.disturb((name) => (name === leader.name ? { status: 401 } : {}));
      await until(() => upstream.asked.at(-1)?.isServed === false);
      await figures.publish();
      await until(async () => (await fleet.leader()).name !== leader.name);
      upstream.disturb(undefined);
    });
  });

  it('when Redis is killed, and when it is back', async () => {
    await outagePhase('Redis killed', redis.kill, redis.restart);
  });

  it('when Redis is frozen, and when it goes on', async () => {
    await outagePhase('Redis frozen', redis.freeze, redis.thaw);
  });

  it('when the network to Redis is cut, and when it is mended', async () => {
    await outagePhase('network to Redis cut', network.cut, network.mend);
  });

  it('when they do not change for longer than Redis keeps what nobody confirms', async () => {
    await phase('upstream 304 beyond the TTL', async () => {
      const { generation } = await store.look();
      await pause(2 * TTL);
      // A machine that stands still for as long has lost them, and stores them again.
      if (SOAK) expect((await store.look()).generation).toBe(generation);
      // It can have them from nobody but Redis.
      const [name = ''] = fleet.workers.keys();
      await fleet.kill(name);
      upstream.disturb((asker) => (asker === name ? { status: 503 } : {}));
      await fleet.start(name);
      upstream.disturb(undefined);
    });
  });

  it('when the backend has had too many requests', async () => {
    await troublePhase('upstream 429', () => ({ status: 429, headers: { 'retry-after': '1' } }));
  });

  it('when the backend is down', async () => {
    await troublePhase('upstream 503', () => ({ status: 503 }));
  });

  it('when their quota was used up, and then nothing has changed', async () => {
    await troublePhase('upstream 402, then 304', () => ({ status: 402 }));
  });

  it('when the backend answers with garbage', async () => {
    const answers = [
      { fault: 'garble' },
      { body: garbage(2000) },
      { body: '{"flags":[' },
      { body: {} },
      { body: { flags: 'none' } },
      { fault: 'reset' },
    ] as const;
    let next = 0;
    await troublePhase('upstream garbage', () => answers[next++ % answers.length] ?? {});
  });
});
