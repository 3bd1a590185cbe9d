import type { ExposureExecutor } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held, next, settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { background, createFlagClient, inline, memorySink } from '../index.ts';

const source = inlineSource({ color: { value: 'red' } });

function clientOf(executor: ExposureExecutor) {
  const sink = memorySink();
  const logger = testLogger();
  const client = createFlagClient({ source, exposures: { sink, executor }, logger });
  const read = (...visitors: string[]) => {
    for (const targetingKey of visitors) client.snapshot({ targetingKey }).get('color', '');
  };
  return { client, sink, read, logger, counters: () => client.status().exposures };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('inline()', () => {
  it('sends what was read in the same turn, without waiting for anything', async () => {
    const { sink, read } = clientOf(inline());
    read('ann', 'ben');
    expect(sink.exposures).toHaveLength(0);
    await settled(1);
    expect(sink.exposures).toHaveLength(2);
  });

  it('returns a promise of the task, for whoever can wait', async () => {
    const task = held();
    const submitted = inline().submit(() => task.promise);
    const order: string[] = [];
    const waited = Promise.resolve(submitted).then(() => order.push('waited'));
    order.push('submitted');
    task.resolve();
    await waited;
    expect(order).toEqual(['submitted', 'waited']);
  });
});

describe('background()', () => {
  it('lets reads of several turns gather', async () => {
    const executor = background();
    const submit = vi.spyOn(executor, 'submit');
    const { sink, read, client } = clientOf(executor);
    const sizes: number[] = [];
    client.on('exposuresSent', ({ batch }) => sizes.push(batch.length));
    for (const visitor of ['ann', 'ben', 'cal']) {
      read(visitor);
      await settled();
    }
    expect(sink.exposures).toHaveLength(0);
    expect(submit).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10);
    await settled();
    expect(sizes).toEqual([3]);
  });

  it('does not wait when it is drained', async () => {
    const { sink, read, client } = clientOf(background());
    read('ann');
    await client.close();
    expect(sink.exposures).toHaveLength(1);
  });

  it('runs no more tasks at a time than it may, and refuses more than it can queue', async () => {
    const executor = background({ concurrency: 2, maxQueued: 3 });
    const tasks = Array.from({ length: 3 }, () => ({ ...held(), started: false }));
    for (const task of tasks) {
      executor.submit(() => {
        task.started = true;
        return task.promise;
      });
    }
    expect(() => executor.submit(async () => {})).toThrow('background.maxQueued');
    vi.advanceTimersByTime(10);
    expect(tasks.map(({ started }) => started)).toEqual([true, true, false]);
    const drained = vi.fn();
    void executor.drain?.().then(drained);
    tasks[0]?.resolve();
    await settled();
    expect(tasks[2]?.started).toBe(true);
    expect(drained).not.toHaveBeenCalled();
    tasks[1]?.resolve();
    tasks[2]?.reject(new Error('a task that breaks its promise'));
    await settled();
    expect(drained).toHaveBeenCalled();
    await executor.drain?.();
  });
});

describe('an executor', () => {
  it('is given one task at a time, and the next when that has begun', async () => {
    const tasks: (() => Promise<void>)[] = [];
    const { sink, read } = clientOf({ submit: (task) => void tasks.push(task) });
    read('ann', 'ben');
    await settled();
    read('cal');
    expect(tasks).toHaveLength(1);
    await tasks[0]?.();
    expect(sink.exposures).toHaveLength(3);
    read('dan');
    await settled();
    expect(tasks).toHaveLength(2);
    await tasks[1]?.();
    expect(sink.exposures).toHaveLength(4);
  });

  it.each<[string, ExposureExecutor['submit']]>([
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('no room');
      },
    ],
  ])(
    'that refuses the work (%s) harms no read, and the loss is counted and told',
    async (_name, submit) => {
      const { client, read, counters, logger } = clientOf({ submit });
      const dropped = next(client, 'exposuresDropped');
      expect(client.snapshot({ targetingKey: 'ann' }).get('color', '')).toBe('red');
      const { reason, count, cause } = await dropped;
      expect([reason, count]).toEqual(['refused', 1]);
      expect(cause?.message).toContain('no room');
      read('ben');
      await settled();
      expect(counters()).toMatchObject({ recorded: 2, refused: 2, pending: 0 });
      expect(logger.messages).toHaveLength(1);
    },
  );

  it('that refused once is asked again', async () => {
    const submit = vi.fn(inline().submit).mockImplementationOnce(() => {
      throw new Error('not now');
    });
    const { sink, read, counters } = clientOf({ submit });
    read('ann');
    read('ben');
    await settled();
    expect(sink.exposures).toHaveLength(1);
    expect(counters()).toMatchObject({ refused: 1, delivered: 1, pending: 0 });
  });

  it('that rejects after it has run the task has lost nothing, nor what was read since', async () => {
    const afterwards = held();
    const submit = vi.fn<ExposureExecutor['submit']>(() => {});
    submit.mockImplementationOnce(async (task) => {
      await task();
      await afterwards.promise;
    });
    const { client, sink, read, counters } = clientOf({ submit });
    read('ann');
    await settled();
    read('ben');
    afterwards.reject(new Error('afterwards'));
    await settled();
    expect(sink.exposures).toHaveLength(1);
    expect(counters()).toMatchObject({ delivered: 1, pending: 1, refused: 0 });
    await client.flush();
    expect(sink.exposures).toHaveLength(2);
  });

  it('that takes a task and never runs it does not hold exposures for ever', async () => {
    const { sink, read, counters } = clientOf({ submit: () => {} });
    read('ann');
    await vi.advanceTimersByTimeAsync(5000);
    read('ben');
    await vi.advanceTimersByTimeAsync(5000);
    await settled();
    expect(sink.exposures).toHaveLength(2);
    expect(counters()).toMatchObject({ delivered: 2, pending: 0 });
  });

  it('is not needed to flush', async () => {
    const { client, sink, read } = clientOf({ submit: () => {} });
    read('ann');
    await client.flush();
    expect(sink.exposures).toHaveLength(1);
  });

  it('is not kept waiting by a sink that hangs', async () => {
    const tasks: Promise<void>[] = [];
    const client = createFlagClient({
      source,
      exposures: {
        sink: () => new Promise<void>(() => {}),
        sendTimeout: 1000,
        executor: { submit: (task) => void tasks.push(task()) },
      },
      logger: testLogger(),
    });
    client.snapshot({ targetingKey: 'ann' }).get('color', '');
    await settled();
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all(tasks);
    expect(client.status().exposures.pending).toBe(1);
  });
});
