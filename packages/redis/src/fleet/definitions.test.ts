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
import { type FleetWorker, ProcessFleet } from '../fixtures/process-fleet.ts';
import { buildPackages } from '../fixtures/program.ts';
import { StoreWatch } from '../fixtures/store-watch.ts';
import { type Disturbance, startUpstream, type Upstream } from '../fixtures/upstream.ts';
import { until } from '../fixtures/workers.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const WORKERS = SOAK ? 8 : 4;
const STEADY_INTERVALS = SOAK ? 60 : 12;
const PUBLICATIONS = SOAK ? 20 : 4;
/** Milliseconds. */
const INTERVAL = SOAK ? 250 : 200;
const LEASE = 3 * INTERVAL;
const TTL = 6 * INTERVAL;
/** How long the upstream is in trouble, in milliseconds. */
const TROUBLE = INTERVAL * (SOAK ? 40 : 8);

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

/** Runs a phase. Whatever happens in it, no worker may be without definitions, or go back to older ones. */
async function phase(name: string, run: () => Promise<void>): Promise<PhaseFigures> {
  const measured = await figures.measure(name, run);
  expect(measured.samples).toBeGreaterThan(0);
  expect(measured.without).toBe(0);
  expect(measured.regressions).toEqual([]);
  expect(store.setbacks).toEqual([]);
  return measured;
}

const allAlone = () =>
  until(async () => (await fleet.reports()).every(({ role }) => role === 'alone'));

/** A phase in which the upstream is in trouble for a while. */
const troublePhase = (name: string, disturbance: Disturbance) =>
  phase(name, async () => {
    upstream.disturb(disturbance);
    await pause(TROUBLE);
    upstream.disturb(undefined);
  });

/** Stops a worker between its request and the answer, which it finds when it goes on. */
async function stopWhileItAsks(worker: FleetWorker): Promise<void> {
  const answer = gate();
  const asks = gate();
  upstream.disturb(async (name) => {
    if (name !== worker.name) return {};
    asks.open();
    await answer.opened;
    return {};
  });
  await asks.opened;
  worker.stop();
  const before = upstream.asked.length;
  answer.open();
  upstream.disturb(undefined);
  await until(() => upstream.asked.slice(before).some(({ worker: name }) => name === worker.name));
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe(`${WORKERS} processes that share definitions all have the newest, and never older ones`, () => {
  it('while nothing happens: one of them asks, once per interval', async () => {
    const before = await fleet.reports();
    const { requests, askers } = await phase('steady', () => pause(STEADY_INTERVALS * INTERVAL));
    const after = await fleet.reports();
    const attempts = after.map((report, i) => report.attempts - (before[i]?.attempts ?? 0));
    // Each worker refreshes once per interval; whoever takes over may ask once more.
    expect(requests).toBeLessThanOrEqual(Math.max(...attempts) + askers);
  });

  it('as soon as one has fetched them', async () => {
    const { during } = await phase('publish', async () => {
      for (let i = 0; i < PUBLICATIONS; i++) await figures.publish();
    });
    expect(during).toHaveLength(PUBLICATIONS);
    if (SOAK) expect(Math.max(...during.map((spread) => spread.sinceFetched))).toBeLessThan(200);
  });

  it('when the one that fetches is killed', async () => {
    await phase('leader SIGKILL', async () => {
      const leader = await fleet.leader();
      await fleet.kill(leader);
      await figures.publish();
      await fleet.start(leader.name);
    });
  });

  it('when the one that fetches is stopped for longer than its lease: its late write is refused', async () => {
    await phase('leader SIGSTOP, SIGCONT', async () => {
      const leader = await fleet.leader();
      const late = upstream.publish();
      await stopWhileItAsks(leader);
      await figures.publish();
      expect(leader.heldAt(late)).toBeUndefined();
      await until(() => store.last.release === late + 1);
      const { generation } = store.last;
      leader.goOn();
      await until(() => leader.heldAt(late + 1) !== undefined);
      // It had the late ones for a moment, and did not get them into the store.
      expect(leader.sightings.map(({ release }) => release)).toContain(late);
      await leader.report();
      expect(store.last).toEqual({ generation, release: late + 1 });
    });
  });

  it('when the one that fetches has lost its credentials', async () => {
    await phase('leader 401', async () => {
      const leader = await fleet.leader();
      upstream.disturb((name) => (name === leader.name ? { status: 401 } : {}));
      await until(() => upstream.asked.at(-1)?.isServed === false);
      await figures.publish();
      upstream.disturb(undefined);
    });
  });

  it('when Redis is killed, and when it is back', async () => {
    await phase('Redis killed', async () => {
      await redis.kill();
      await figures.publish();
      await allAlone();
      await redis.restart();
    });
  });

  it('when Redis is frozen, and when it goes on', async () => {
    await phase('Redis frozen', async () => {
      redis.freeze();
      await figures.publish();
      await allAlone();
      redis.thaw();
    });
  });

  it('when the network to Redis is cut, and when it is mended', async () => {
    await phase('network cut', async () => {
      network.cut();
      await figures.publish();
      await allAlone();
      network.mend();
    });
  });

  it('when they do not change for longer than Redis keeps what nobody confirms', async () => {
    await phase('304 beyond the TTL', async () => {
      const { generation } = store.last;
      await pause(3 * TTL);
      expect(store.last.generation).toBe(generation);
      // It can have them from nobody but Redis.
      const [name = ''] = [...fleet.workers.keys()];
      await fleet.kill(fleet.workers.get(name) as FleetWorker);
      upstream.disturb((asker) => (asker === name ? { status: 503 } : {}));
      await fleet.start(name);
      upstream.disturb(undefined);
    });
  });

  it('when the backend has had too many requests', async () => {
    await troublePhase('429', () => ({ status: 429, headers: { 'retry-after': '1' } }));
  });

  it('when their quota was used up, and then nothing has changed', async () => {
    await phase('402, then 304', async () => {
      upstream.disturb(() => ({ status: 402 }));
      await pause(TROUBLE);
      upstream.disturb(undefined);
      await until(() => upstream.asked.at(-1)?.isServed === true);
    });
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
    await troublePhase('garbage', () => answers[next++ % answers.length] ?? {});
  });
});
