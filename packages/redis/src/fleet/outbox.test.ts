import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExposureReceiver, startExposureReceiver } from '../fixtures/exposure-receiver.ts';
import { pause } from '../fixtures/pause.ts';
import { buildPackages, type Program, startProgram } from '../fixtures/program.ts';
import { seededRandom } from '../fixtures/seeded-random.ts';
import { inspector, until } from '../fixtures/workers.ts';
import type { OutboxCounters } from '../index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_125);
const WORKERS = 4;
const ROUNDS = SOAK ? 200 : 8;
/** The longest pause between two kills, in milliseconds. */
const LONGEST_PAUSE = 600;
/** How long the receiver takes for an answer at most, in milliseconds. */
const SLOWEST_ANSWER = 30;
/** Milliseconds after which another worker delivers. */
const LEASE = 600;

type Message =
  | { readonly kind: 'accepted'; readonly ids: readonly string[] }
  | { readonly kind: 'stopped'; readonly counters: OutboxCounters };

const random = seededRandom(SEED);
const accepted = new Set<string>();
const stopped: OutboxCounters[] = [];
const workers = new Map<string, Program>();
const kills = { deliverer: 0, others: 0 };
let redis: RedisServer;
let inside: Redis;
let receiver: ExposureReceiver;
let started = 0;

beforeAll(async () => {
  await buildPackages();
  redis = await startRedisServer();
  inside = inspector(redis.url);
  receiver = await startExposureReceiver(SLOWEST_ANSWER, seededRandom(SEED + 1));
});
afterAll(async () => {
  await Promise.all([...workers.values()].map((worker) => worker.kill()));
  inside.disconnect();
  await receiver.close();
  await redis.close();
});

/** Starts a worker, whose name nobody had before: it begins to count anew. */
function startWorker(): void {
  const name = `worker-${++started}`;
  const settings = { name, url: redis.url, sinkUrl: receiver.url, lease: LEASE };
  const worker = startProgram<Message>({
    file: 'outbox-worker.mjs',
    settings,
    hear(message) {
      if (message.kind === 'stopped') stopped.push(message.counters);
      else for (const id of message.ids) accepted.add(id);
    },
  });
  workers.set(name, worker);
}

/** Kills the one that delivers, every third time, else any; and starts another in its place. */
async function killOne(): Promise<void> {
  const names = [...workers.keys()];
  const any = names[Math.floor(random() * names.length)] ?? '';
  const { deliverer = '' } = receiver;
  const victim = random() < 1 / 3 && workers.has(deliverer) ? deliverer : any;
  kills[victim === deliverer ? 'deliverer' : 'others']++;
  await workers.get(victim)?.kill();
  workers.delete(victim);
  startWorker();
}

function printFigures(): void {
  const counts = [...receiver.times.values()];
  console.table({
    seed: SEED,
    rounds: ROUNDS,
    'deliverers killed': kills.deliverer,
    'other writers killed': kills.others,
    accepted: accepted.size,
    'accepted and missing': [...accepted].filter((id) => !receiver.times.has(id)).length,
    delivered: counts.length,
    'delivered more than once': counts.filter((times) => times > 1).length,
    'under another id': receiver.renamed.length,
    deliveries: [...receiver.deliveries.values()].reduce((sum, count) => sum + count, 0),
    'workers that delivered': receiver.deliveries.size,
  });
}

describe(`${WORKERS} processes that write to one outbox, killed at random`, () => {
  it(`lose nothing that was accepted in ${ROUNDS} rounds (seed ${SEED})`, async () => {
    for (let i = 0; i < WORKERS; i++) startWorker();
    await until(() => receiver.deliverer !== undefined);
    for (let round = 0; round < ROUNDS; round++) {
      await pause(LONGEST_PAUSE * random());
      await killOne();
    }
    for (const worker of workers.values()) worker.send({});
    await until(() => stopped.length === WORKERS);
    await until(async () => (await inside.keys('*:exposures')).length === 0);
    printFigures();
    expect([...accepted].filter((id) => !receiver.times.has(id))).toEqual([]);
    expect(accepted.size).toBeGreaterThan(0);
    expect(receiver.renamed).toEqual([]);
    expect(kills.deliverer + kills.others).toBe(ROUNDS);
    const lost = stopped.map(({ trimmed, failed, malformed }) => trimmed + failed + malformed);
    expect(lost).toEqual(Array(WORKERS).fill(0));
  });
});
