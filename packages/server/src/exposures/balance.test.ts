import type { Exposure, ExposureExecutor, ExposureSink } from '@halyard/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExposureCounters } from '../client.ts';
import { settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient } from '../index.ts';

type SinkMood = 'takes' | 'rejects' | 'throws' | 'gives up' | 'refuses' | 'hangs' | 'is slow';
type Appetite = 'all' | 'none' | 'some' | 'cannot tell';
type ExecutorMood = 'runs' | 'runs later' | 'throws' | 'rejects' | 'forgets';

interface Step {
  readonly visitors: number;
  readonly sinks: readonly SinkMood[];
  readonly appetites: readonly Appetite[];
  readonly executor: ExecutorMood;
  readonly wait: number;
  readonly flush: boolean;
}

const sinkMood = fc.constantFrom<SinkMood>(
  'takes',
  'rejects',
  'throws',
  'gives up',
  'refuses',
  'hangs',
  'is slow',
);
const appetite = fc.constantFrom<Appetite>('all', 'none', 'some', 'cannot tell');
const step: fc.Arbitrary<Step> = fc.record({
  visitors: fc.integer({ min: 0, max: 12 }),
  sinks: fc.array(sinkMood, { minLength: 3, maxLength: 3 }),
  appetites: fc.array(appetite, { minLength: 3, maxLength: 3 }),
  executor: fc.constantFrom('runs', 'runs later', 'throws', 'rejects', 'forgets'),
  wait: fc.constantFrom(0, 1, 50, 400, 6000),
  flush: fc.boolean(),
});

/** A pipeline whose parts change their mood at each step, and what has really arrived. */
function pipeline(sinkCount: number) {
  const moods = {
    sinks: [] as readonly SinkMood[],
    appetites: [] as readonly Appetite[],
    executor: 'runs' as ExecutorMood,
  };
  const arrived = Array.from({ length: sinkCount }, () => new Set<string>());
  const wanted = Array.from({ length: sinkCount }, () => new Set<string>());
  const sink = (index: number): ExposureSink => ({
    name: `sink ${index}`,
    maxBatchSize: 3 + index,
    accepts({ id }) {
      const mood = moods.appetites[index] ?? 'all';
      const wants = mood === 'some' ? id < '8' : mood !== 'none';
      if (wants) wanted[index]?.add(id);
      if (mood === 'cannot tell') throw new Error(mood);
      return wants;
    },
    async send(batch, { signal }) {
      const mood = moods.sinks[index] ?? 'takes';
      if (mood === 'throws' || mood === 'rejects') throw new Error(mood);
      if (mood === 'gives up') throw Object.assign(new Error(mood), { permanent: true });
      if (mood === 'hangs') await new Promise(() => {});
      if (mood === 'is slow') await new Promise((resolve) => setTimeout(resolve, 300));
      const taken = mood === 'refuses' ? batch.slice(1) : batch;
      if (!signal.aborted) for (const { id } of taken) arrived[index]?.add(id);
      if (mood === 'refuses') return { rejected: [{ index: 0, message: mood }] };
    },
  });
  const executor: ExposureExecutor = {
    submit(task) {
      if (moods.executor === 'throws') throw new Error('refused');
      if (moods.executor === 'rejects') return Promise.reject(new Error('refused'));
      if (moods.executor === 'runs') return task();
      if (moods.executor === 'runs later') setTimeout(() => void task(), 20);
    },
  };
  const sinks = Array.from({ length: sinkCount }, (_, index) => sink(index));
  return { moods, arrived, wanted, sinks, executor };
}

function lost({ overflowed, failed, refused, abandoned }: ExposureCounters): number {
  return overflowed + failed + refused + abandoned;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the counters', () => {
  it('balance, whatever sinks and executors do, and agree with what arrived', async () => {
    const sinkCounts = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(sinkCounts, fc.array(step, { minLength: 1, maxLength: 12 }), run),
      { seed: 7, numRuns: process.env.HALYARD_SOAK === '1' ? 2000 : 60 },
    );
  });
});

async function run(sinkCount: number, steps: readonly Step[]): Promise<void> {
  const { moods, arrived, wanted, sinks, executor } = pipeline(sinkCount);
  const client = createFlagClient({
    source: inlineSource({ color: { value: 'red' } }),
    exposures: { sink: sinks, executor, maxQueued: 20, maxAttempts: 2, sendTimeout: 500 },
    logger: testLogger(),
  });
  const told = { sent: new Map<string, Exposure[]>(), dropped: 0 };
  client.on('exposuresSent', ({ sink, batch }) => {
    told.sent.set(sink, [...(told.sent.get(sink) ?? []), ...batch]);
  });
  client.on('exposuresDropped', ({ count }) => {
    told.dropped += count;
  });
  let visitors = 0;
  for (const { visitors: count, wait, flush, ...mood } of steps) {
    Object.assign(moods, mood);
    for (let i = 0; i < count; i++) client.resolve('color', '', { targetingKey: `v${visitors++}` });
    if (flush) void client.flush({ deadline: 100 });
    await vi.advanceTimersByTimeAsync(wait);
    const now = client.status().exposures;
    expect(now.recorded + now.ignored).toBe(visitors);
    expect(now.pending).toBeGreaterThanOrEqual(0);
    expect(now.delivered + lost(now) + now.pending).toBe(now.recorded);
  }
  const closing = client.close({ deadline: 1000 });
  await vi.advanceTimersByTimeAsync(1000);
  const { exposures } = await closing;
  await settled(1);
  expect(exposures.pending).toBe(0);
  expect(told.dropped).toBe(lost(exposures));
  const everywhere = [...new Set(wanted.flatMap((ids) => [...ids]))].filter((id) =>
    wanted.every((ids, i) => !ids.has(id) || arrived[i]?.has(id)),
  );
  expect(exposures.delivered).toBe(everywhere.length);
  sinks.forEach(({ name }, i) => {
    expect(new Set(told.sent.get(name)?.map(({ id }) => id))).toEqual(arrived[i]);
  });
}
