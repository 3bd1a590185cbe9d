import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exposure, ExposureSink } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Held, held, next, settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, type ExposureOptions, functionSink, memorySink } from '../index.ts';

const source = inlineSource({ color: { value: 'red', variant: 'warm' } });

function clientOf(exposures: ExposureOptions) {
  const logger = testLogger();
  const client = createFlagClient({ source, exposures, logger });
  /** Reads the flag for a number of new visitors. */
  let visitors = 0;
  const read = (count = 1) => {
    for (let i = 0; i < count; i++) client.resolve('color', '', { targetingKey: `v${visitors++}` });
  };
  return { client, logger, read, counters: () => client.status().exposures };
}

/** A sink whose calls the test answers. */
function heldSink(name = 'held', maxBatchSize?: number) {
  const calls: {
    batch: readonly Exposure[];
    signal: AbortSignal;
    answer: Held<void>;
  }[] = [];
  const sink: ExposureSink = {
    name,
    ...(maxBatchSize && { maxBatchSize }),
    send(batch, { signal }) {
      const answer = held();
      calls.push({ batch, signal, answer });
      return answer.promise;
    },
  };
  return { sink, calls };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('batches', () => {
  it('hold what was read in one turn', async () => {
    const { sink, calls } = heldSink();
    const { read } = clientOf({ sink });
    read(5);
    await settled();
    expect(calls.map(({ batch }) => batch.length)).toEqual([5]);
  });

  it('are no larger than the sink takes, and go one after the other', async () => {
    const { sink, calls } = heldSink('small', 2);
    const { read, client } = clientOf({ sink });
    read(5);
    await settled();
    expect(calls).toHaveLength(1);
    for (let i = 0; i < 3; i++) {
      calls[i]?.answer.resolve();
      await settled();
    }
    expect(calls.map(({ batch }) => batch.length)).toEqual([2, 2, 1]);
    expect(client.status().exposures).toMatchObject({ delivered: 5, pending: 0 });
  });

  it('have 100 exposures unless the sink says otherwise', async () => {
    const { sink, calls } = heldSink();
    clientOf({ sink }).read(250);
    await settled();
    expect(calls[0]?.batch).toHaveLength(100);
  });

  it('gather what comes while one is under way', async () => {
    const { sink, calls } = heldSink();
    const { read } = clientOf({ sink });
    for (let i = 0; i < 10; i++) {
      read();
      await settled();
    }
    calls[0]?.answer.resolve();
    await settled();
    expect(calls.map(({ batch }) => batch.length)).toEqual([1, 9]);
  });

  it('are told about when the sink has them', async () => {
    const { client, read } = clientOf({ sink: functionSink(() => {}, { name: 'mine' }) });
    const sent = next(client, 'exposuresSent');
    read(2);
    const { sink, batch } = await sent;
    expect([sink, batch.length]).toEqual(['mine', 2]);
  });
});

describe('a sink that fails', () => {
  it.each<[string, () => Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('sink failed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('sink failed'))],
  ])('and %s, is tried again with the same batch', async (_name, fail) => {
    const batches: string[][] = [];
    const { client, read } = clientOf({
      sink: (batch) => {
        batches.push(batch.map(({ id }) => id));
        // A sink that makes the batch its own does not change what is tried again.
        (batch as Exposure[]).length = 0;
        return batches.length < 3 ? fail() : undefined;
      },
    });
    const sent = next(client, 'exposuresSent');
    read(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await sent).batch).toHaveLength(2);
    expect(batches).toHaveLength(3);
    expect(new Set(batches.map(String)).size).toBe(1);
    expect(client.status().exposures).toMatchObject({ delivered: 2, failed: 0 });
  });

  it('until the last try, loses the batch, and that is counted, told and warned about', async () => {
    const tries = vi.fn(() => Promise.reject(new Error('sink failed')));
    const { client, read, logger, counters } = clientOf({ sink: tries, maxAttempts: 4 });
    const dropped = next(client, 'exposuresDropped');
    read(3);
    await vi.advanceTimersByTimeAsync(10_000);
    const { reason, count, cause } = await dropped;
    expect([reason, count, cause?.code]).toEqual(['failed', 3, 'REQUEST_FAILED']);
    expect(cause?.message).toContain('sink failed');
    expect(tries).toHaveBeenCalledTimes(4);
    expect(counters()).toMatchObject({ recorded: 3, delivered: 0, failed: 3, pending: 0 });
    expect(logger.messages).toHaveLength(1);
    read();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(counters().failed).toBe(4);
    expect(logger.messages).toHaveLength(1);
  });

  it('waits longer before each try', async () => {
    const tries: number[] = [];
    const { read } = clientOf({
      sink: () => {
        tries.push(Date.now());
        throw new Error('down');
      },
      maxAttempts: 6,
    });
    vi.useFakeTimers();
    read();
    await vi.advanceTimersByTimeAsync(60_000);
    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(pauses).toHaveLength(5);
    pauses.forEach((pause, i) => {
      expect(pause).toBeGreaterThanOrEqual(100 * 2 ** i - 1);
      expect(pause).toBeLessThanOrEqual(200 * 2 ** i + 1);
    });
  });

  it('does not keep exposures from the other sinks', async () => {
    const memory = memorySink();
    const { sink: hung } = heldSink('hung');
    const failing = functionSink(() => Promise.reject<void>(new Error('down')), {
      name: 'failing',
    });
    const { read, counters } = clientOf({ sink: [hung, failing, memory], maxAttempts: 1 });
    for (let i = 0; i < 3; i++) {
      read();
      await settled();
    }
    expect(memory.exposures).toHaveLength(3);
    expect(counters()).toMatchObject({ recorded: 3, delivered: 0, pending: 3 });
  });
});

describe('a sink that hangs', () => {
  it('has each try ended by its signal, and the batch lost after the last', async () => {
    const { sink, calls } = heldSink();
    const { client, read, counters } = clientOf({ sink, sendTimeout: 1000, maxAttempts: 2 });
    const dropped = next(client, 'exposuresDropped');
    read();
    await settled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(calls).toHaveLength(2);
    expect((await dropped).cause?.code).toBe('DEADLINE_EXCEEDED');
    expect(counters()).toMatchObject({ failed: 1, pending: 0 });
    // Too late: it has been counted as lost.
    calls[1]?.answer.resolve();
    await settled();
    expect(counters()).toMatchObject({ failed: 1, delivered: 0 });
  });

  it('and rejects when it is told to stop, is no unhandled rejection', async () => {
    const { read, counters } = clientOf({
      sink: (_batch, { signal }) =>
        new Promise<void>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      sendTimeout: 1000,
      maxAttempts: 1,
    });
    read();
    await vi.advanceTimersByTimeAsync(1500);
    await settled();
    expect(counters().failed).toBe(1);
  });

  it('does not slow reads, and the queue has an end', async () => {
    const { sink, calls } = heldSink();
    const { client, read, counters, logger } = clientOf({ sink, maxQueued: 10 });
    read();
    await settled();
    const dropped = next(client, 'exposuresDropped');
    for (let i = 0; i < 25; i++) {
      read();
      await settled(1);
    }
    expect(await dropped).toMatchObject({ reason: 'overflowed' });
    expect(counters()).toMatchObject({ recorded: 26, pending: 11, overflowed: 15 });
    expect(logger.messages).toEqual([expect.stringContaining('exposures.maxQueued')]);
    calls[0]?.answer.resolve();
    await settled();
    calls[1]?.answer.resolve();
    await settled();
    expect(counters()).toMatchObject({ delivered: 11, pending: 0 });
  });

  it('lets a burst of one turn overflow, and tells of it once', async () => {
    const { client, read, counters } = clientOf({ sink: () => {}, maxQueued: 10 });
    const drops: number[] = [];
    client.on('exposuresDropped', ({ count }) => drops.push(count));
    read(100);
    await client.flush();
    expect(counters()).toMatchObject({ recorded: 100, delivered: 10, overflowed: 90 });
    expect(drops).toEqual([90]);
  });
});

describe('several sinks', () => {
  it('all get everything, and it is delivered when the last one has it', async () => {
    const memory = memorySink();
    const { sink, calls } = heldSink();
    const { read, counters } = clientOf({ sink: [memory, sink] });
    read(2);
    await settled();
    expect(memory.exposures).toHaveLength(2);
    expect(counters()).toMatchObject({ delivered: 0, pending: 2 });
    calls[0]?.answer.resolve();
    await settled();
    expect(counters()).toMatchObject({ delivered: 2, pending: 0 });
  });

  it('of which one has lost an exposure, count it as lost', async () => {
    const failing = functionSink(() => Promise.reject<void>(new Error('down')));
    const { read, counters } = clientOf({ sink: [memorySink(), failing], maxAttempts: 1 });
    read(2);
    await settled();
    expect(counters()).toMatchObject({ recorded: 2, delivered: 0, failed: 2, pending: 0 });
  });
});

describe('sending', () => {
  it('runs outside of the request that read the flag, or asked for it', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const { client } = clientOf({
      sink: () => {
        seen.push(request.getStore());
      },
    });
    request.run('request 1', () => client.resolve('color', '', { targetingKey: 'ann' }));
    await settled();
    request.run('request 2', () => {
      client.resolve('color', '', { targetingKey: 'ben' });
      void client.flush();
    });
    await settled();
    expect(seen).toEqual([undefined, undefined]);
  });
});
