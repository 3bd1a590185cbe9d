import type { ExposureExecutor } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held, settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, memorySink } from '../index.ts';

const source = inlineSource({ color: { value: 'red' } });

function clientOf(executor: ExposureExecutor) {
  const sink = memorySink();
  const logger = testLogger();
  const client = createFlagClient({ source, exposures: { sink, executor }, logger });
  const read = (targetingKey: string) => client.resolve('color', '', { targetingKey });
  return { client, sink, logger, read, counters: () => client.status().exposures };
}

/** An executor that runs nothing by itself, and drops its queue when it is drained. */
function cancellingExecutor() {
  const cancelled = new DOMException('the queue was cancelled', 'AbortError');
  const queue: { reject: (reason: unknown) => void }[] = [];
  const executor: ExposureExecutor = {
    submit: () => {
      const { promise, reject } = held();
      queue.push({ reject });
      return promise;
    },
    async drain() {
      for (const { reject } of queue) reject(cancelled);
      throw cancelled;
    },
  };
  return { executor, queue };
}

describe('an executor that fails after it has begun the work', () => {
  it('loses nothing, and is told of with the cause', async () => {
    const { sink, read, logger, counters } = clientOf({
      submit: async (task) => {
        await task();
        throw new Error('the pool broke');
      },
    });
    read('ann');
    await settled();
    expect(sink.exposures).toHaveLength(1);
    expect(counters()).toMatchObject({ delivered: 1, refused: 0, pending: 0 });
    expect(logger.messages).toEqual([
      '[halyard] [exposures] the executor failed after it had begun the work: the pool broke',
    ]);
  });
});

describe('an executor whose promise is none of the platform’s own', () => {
  /** As much of a promise as others need to wait for it; `then` gives no other one. */
  function queryLike(work: Promise<void>) {
    return {
      // biome-ignore lint/suspicious/noThenProperty: that is what such objects are
      then(done: () => void, failed: (reason: unknown) => void) {
        void work.then(done, failed);
        return true;
      },
    } as unknown as Promise<void>;
  }

  it('has reads wait for it all the same', async () => {
    const { client, sink, read } = clientOf({
      holdsReads: true,
      submit: (task) => queryLike(task()),
    });
    read('ann');
    await client.settled();
    expect(sink.exposures).toHaveLength(1);
  });

  it('refuses the work by a rejection', async () => {
    const { read, counters } = clientOf({
      submit: () => queryLike(Promise.reject(new Error('no room'))),
    });
    read('ann');
    await settled();
    expect(counters()).toMatchObject({ recorded: 1, refused: 1, pending: 0 });
  });
});

describe('an executor that refuses now and then', () => {
  it('is told of each time that it begins to', async () => {
    let isFull = true;
    const { read, logger } = clientOf({
      submit: (task) => (isFull ? Promise.reject(new Error('no room')) : task()),
    });
    for (const targetingKey of ['ann', 'ben', 'cal', 'dan']) {
      isFull = targetingKey !== 'cal';
      read(targetingKey);
      await settled();
    }
    expect(logger.messages).toEqual([
      expect.stringContaining('no room'),
      expect.stringContaining('no room'),
    ]);
  });

  it('has reads wait only for the work that it has said it is at', async () => {
    const never = new Promise<void>(() => {});
    const answers: (Promise<void> | undefined)[] = [never, undefined];
    const { client, read } = clientOf({
      holdsReads: true,
      submit: (task) => {
        const answer = answers.shift();
        if (answer !== undefined) void task();
        return answer;
      },
    });
    read('ann');
    await settled();
    read('ben');
    const isOver = vi.fn();
    void client.settled().then(isOver);
    await settled();
    expect(isOver).toHaveBeenCalledOnce();
  });
});

describe('an executor that takes its time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has at least five seconds before the work is done without it', async () => {
    const { sink, read } = clientOf({ submit: () => {} });
    await vi.advanceTimersByTimeAsync(4999);
    read('ann');
    await settled();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sink.exposures).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sink.exposures).toHaveLength(1);
  });
});

describe('an executor that cancels its work at shutdown', () => {
  it('loses nothing that the client can still deliver, and nothing escapes', async () => {
    const { executor, queue } = cancellingExecutor();
    const { client, sink, read, logger, counters } = clientOf(executor);
    read('ann');
    read('ben');
    await settled();
    expect([queue.length, sink.exposures.length]).toEqual([1, 0]);
    expect(await client.close()).toMatchObject({ state: 'closed' });
    await settled();
    expect(sink.exposures).toHaveLength(2);
    expect(counters()).toMatchObject({ recorded: 2, delivered: 2, refused: 0, pending: 0 });
    expect(logger.messages).toEqual([
      '[halyard] [exposures] the executor could not be drained: the queue was cancelled',
    ]);
  });

  it('does not cut short what is being sent', async () => {
    const answer = held();
    const { executor } = cancellingExecutor();
    const client = createFlagClient({
      source,
      exposures: { sink: () => answer.promise, executor },
      logger: testLogger(),
    });
    client.resolve('color', '', { targetingKey: 'ann' });
    const closed = client.close();
    await settled();
    answer.resolve();
    expect((await closed).exposures).toMatchObject({ delivered: 1, abandoned: 0 });
  });

  it('is not heard of any more once the client is closed', async () => {
    const late = held();
    const { client, sink, read, logger } = clientOf({ submit: () => late.promise });
    read('ann');
    await client.close();
    late.reject(new DOMException('cancelled', 'AbortError'));
    await settled();
    expect(sink.exposures).toHaveLength(1);
    expect(logger.messages).toEqual([]);
  });

  it('may throw from `drain`, too', async () => {
    const { client, sink, read } = clientOf({
      submit: () => {},
      drain: () => {
        throw new Error('drained already');
      },
    });
    read('ann');
    expect((await client.close()).exposures).toMatchObject({ delivered: 1, pending: 0 });
    expect(sink.exposures).toHaveLength(1);
  });
});

describe('exposures that were seen elsewhere', () => {
  it('go through the executor as well', async () => {
    const submit = vi.fn<ExposureExecutor['submit']>((task) => task());
    const { client, sink } = clientOf({ submit });
    client.snapshot({ targetingKey: 'ann' }).expose(['color'], 'client');
    await settled();
    expect(submit).toHaveBeenCalledOnce();
    expect(sink.exposures).toMatchObject([{ flagKey: 'color', origin: 'client' }]);
  });

  it('are counted as refused where the executor refuses them', async () => {
    const { client, counters } = clientOf({ submit: () => Promise.reject(new Error('no room')) });
    client.snapshot({ targetingKey: 'ann' }).expose(['color'], 'client');
    await settled();
    expect(counters()).toMatchObject({ recorded: 1, refused: 1, pending: 0 });
  });
});
