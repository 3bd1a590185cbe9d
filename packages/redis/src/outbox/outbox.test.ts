import { type RedisServer, startRedisServer } from '@halyard/testing';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CollectingSink,
  collectingSink,
  exposureOf,
  exposuresOf,
  openOutbox,
  submit,
} from '../fixtures/exposures.ts';
import { inspector, keyOf, until } from '../fixtures/workers.ts';
import type { RedisExposureOutbox, RedisExposureOutboxOptions } from '../index.ts';

let server: RedisServer;
let redis: Redis;
let sink: CollectingSink;
const open: RedisExposureOutbox[] = [];

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
  sink = collectingSink();
});
afterEach(() => Promise.all(open.splice(0).map((outbox) => outbox.close?.())));

function worker(options: Partial<RedisExposureOutboxOptions> = {}) {
  const opened = openOutbox({ url: server.url, sink, ...options });
  open.push(opened.outbox);
  return opened;
}

const failure = (fields: object = {}) => Object.assign(new Error('the sink is down'), fields);
const waiting = async () => (await redis.keys('*:exposures')).length > 0;
const isEmpty = () => until(async () => !(await waiting()));

describe('an outbox', () => {
  it('delivers what it has accepted, as it was and in order', async () => {
    const { outbox } = worker();
    const context = { plan: 'pro', nested: { list: [1, null, 'ü'] } };
    const exposures = [{ ...exposureOf('ann'), context }, exposureOf('bob')];
    await submit(outbox, exposures);
    await sink.has(exposures);
    expect(sink.batches.flat()).toEqual(exposures);
    await isEmpty();
    expect(outbox.counters).toMatchObject({ accepted: 2, delivered: 2, trimmed: 0, bypassed: 0 });
  });

  it('delivers for all workers, one at a time', async () => {
    let sending = 0;
    let most = 0;
    sink = collectingSink(async () => {
      most = Math.max(most, ++sending);
      await new Promise((resolve) => setTimeout(resolve, 5));
      sending--;
    });
    const outboxes = [1, 2, 3, 4].map(() => worker().outbox);
    const all = outboxes.map((_, i) => exposuresOf(`w${i}-`, 150));
    await Promise.all(outboxes.map((outbox, i) => submit(outbox, all[i] ?? [])));
    await sink.has(all.flat());
    await isEmpty();
    expect(most).toBe(1);
    expect(sink.ids).toHaveLength(600);
    expect(Math.max(...sink.batches.map(({ length }) => length))).toBe(100);
  });

  it('keeps to the batch size of its sink', async () => {
    sink = collectingSink(undefined, { maxBatchSize: 3 });
    const { outbox } = worker();
    expect(outbox.maxBatchSize).toBe(3);
    const exposures = exposuresOf('a', 7);
    await submit(outbox, exposures);
    await sink.has(exposures);
    expect(sink.batches.map(({ length }) => length)).toEqual([3, 3, 1]);
  });

  it('wants what its sink wants', () => {
    sink = collectingSink(undefined, { accepts: ({ targetingKey }) => targetingKey === 'ann' });
    const { outbox } = worker();
    expect(outbox.accepts?.(exposureOf('ann'))).toBe(true);
    expect(outbox.accepts?.(exposureOf('bob'))).toBe(false);
  });

  it('keeps no more than it may, drops the oldest, and counts them', async () => {
    const stuck = collectingSink(() => new Promise(() => {}));
    const { outbox, warnings } = worker({ sink: stuck, maxLength: 200 });
    for (let i = 0; i < 10; i++) await submit(outbox, exposuresOf(`b${i}-`, 100));
    const left = await redis.xlen(await keyOf(redis, ':exposures'));
    expect(left).toBeGreaterThanOrEqual(200);
    expect(left).toBeLessThanOrEqual(300);
    expect(outbox.counters).toMatchObject({ accepted: 1000, trimmed: 1000 - left });
    expect(await redis.hget(await keyOf(redis, ':counters'), 'trimmed')).toBe(String(1000 - left));
    expect(warnings).toContainEqual(expect.stringContaining('more than 200 exposures'));
  });
});

describe('exposures that the sink does not take', () => {
  it('are delivered again, the same and in the same order', async () => {
    const seen: string[][] = [];
    sink = collectingSink((batch) => {
      seen.push(batch.map(({ id }) => id));
      if (seen.length < 3) throw failure();
    });
    const { outbox, warnings } = worker();
    const exposures = exposuresOf('a', 5);
    await submit(outbox, exposures);
    await sink.has(exposures);
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(String)).size).toBe(1);
    expect(outbox.counters).toMatchObject({ delivered: 5, failed: 0 });
    expect(warnings[0]).toBe(
      '[halyard] [redis] exposures could not be delivered: the sink is down',
    );
  });

  it('for good are lost and counted, and hold up nobody behind them', async () => {
    sink = collectingSink((batch) => {
      if (batch.some(({ targetingKey }) => targetingKey === 'a0')) {
        throw failure({ permanent: true });
      }
    });
    const { outbox } = worker();
    await submit(outbox, exposuresOf('a', 2));
    await isEmpty();
    await submit(outbox, exposuresOf('b', 2));
    await sink.has(exposuresOf('b', 2));
    expect(outbox.counters).toMatchObject({ failed: 2, delivered: 2 });
  });

  it('in part, are counted as refused', async () => {
    sink = collectingSink(() => ({
      rejected: [
        { index: 1, message: 'no such flag' },
        { index: 9, message: 'no such place' },
      ],
    }));
    const { outbox } = worker();
    await submit(outbox, exposuresOf('a', 3));
    await isEmpty();
    expect(outbox.counters).toMatchObject({ delivered: 2, refused: 1 });
  });

  it('in time, are delivered again', async () => {
    let calls = 0;
    sink = collectingSink(() => (++calls === 1 ? new Promise(() => {}) : undefined));
    const { outbox, warnings } = worker({ sendTimeout: 50, lease: 2000 });
    await submit(outbox, exposuresOf('a', 2));
    await sink.has(exposuresOf('a', 2));
    expect(warnings[0]).toContain('longer than 50 ms');
  });
});

describe('what a worker leaves behind', () => {
  it('is delivered by another when it closes', async () => {
    const leaving = worker({ sink: collectingSink(() => Promise.reject(failure())) });
    await submit(leaving.outbox, exposuresOf('a', 3));
    await leaving.outbox.close?.();
    worker();
    await sink.has(exposuresOf('a', 3));
    expect(sink.ids).toHaveLength(3);
  });

  it('is delivered by itself when it closes, if nobody else does', async () => {
    const { outbox } = worker();
    await submit(outbox, exposuresOf('a', 250));
    await outbox.close?.();
    expect(sink.ids).toHaveLength(250);
    expect(await waiting()).toBe(false);
  });

  it('is delivered by another when it has gone silent', async () => {
    const silent = worker({
      sink: collectingSink(() => new Promise(() => {})),
      lease: 1500,
      sendTimeout: 1400,
    });
    await submit(silent.outbox, exposuresOf('a', 3));
    await until(async () => (await redis.keys('*:lease')).length === 1);
    worker({ lease: 1500 });
    await sink.has(exposuresOf('a', 3));
  });

  it('is delivered by another when its own deliveries fail again and again', async () => {
    const unlucky = worker({ sink: collectingSink(() => Promise.reject(failure())) });
    await submit(unlucky.outbox, exposuresOf('a', 3));
    await until(async () => (await redis.keys('*:lease')).length === 1);
    worker();
    await sink.has(exposuresOf('a', 3));
  });
});

describe('whatever else is in the stream', () => {
  it.each<[string, string[]]>([
    ['no JSON', ['exposure', '{"id":']],
    ['no exposure', ['exposure', '{"id":5}']],
    ['a list', ['exposure', '[]']],
    ['another field', ['other', '1']],
  ])('(%s) is removed, counted, and holds up nothing', async (_what, fields) => {
    const { outbox } = worker();
    await submit(outbox, exposuresOf('a', 1));
    await sink.has(exposuresOf('a', 1));
    await isEmpty();
    const key = (await keyOf(redis, ':token')).replace(/token$/, 'exposures');
    await redis.xadd(key, '*', ...fields);
    await submit(outbox, exposuresOf('b', 1));
    await sink.has(exposuresOf('b', 1));
    await isEmpty();
    expect(outbox.counters).toMatchObject({ malformed: 1, delivered: 2 });
  });

  it('in place of the stream is no obstacle', async () => {
    const { outbox } = worker();
    await until(async () => (await redis.keys('*:token')).length === 1);
    await redis.set((await keyOf(redis, ':token')).replace(/token$/, 'exposures'), 'boo');
    await submit(outbox, exposuresOf('a', 1));
    await sink.has(exposuresOf('a', 1));
  });
});
