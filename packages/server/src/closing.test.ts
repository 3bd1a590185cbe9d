import type { ExposureExecutor } from '@halyard/core';
import { startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { held, next, settled, testLogger } from './fixtures/observe.ts';
import { fileSource, httpSource, inlineSource } from './fixtures/plain-source.ts';
import { createFlagClient, type ExposureOptions, memorySink } from './index.ts';

afterEach(() => {
  vi.useRealTimers();
});

function clientOf(exposures: ExposureOptions) {
  const client = createFlagClient({
    source: inlineSource({ color: { value: 'red' } }),
    exposures,
    logger: testLogger(),
  });
  const read = (targetingKey: string) => client.snapshot({ targetingKey }).get('color', '');
  return { client, read };
}

describe('waiting until a client is ready', () => {
  it('ends when the time is over, and rejects never', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const client = createFlagClient({
      source: fileSource('/nowhere/flags.json'),
      logger: testLogger(),
    });
    const done = vi.fn();
    void client.ready({ timeout: 500 }).then(done);
    await next(client, 'error');
    await settled();
    vi.advanceTimersByTime(499);
    await settled();
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    await settled();
    expect(done).toHaveBeenCalledWith(expect.objectContaining({ state: 'error' }));
    await client.close();
  });

  it('ends when the client is closed', async () => {
    const client = createFlagClient({
      source: fileSource('/nowhere/flags.json'),
      logger: testLogger(),
    });
    const waiting = client.ready({ timeout: 2 ** 40 });
    await client.close();
    expect((await waiting).state).toBe('closed');
  });
});

describe('options that are null', () => {
  it('are those that are left out', async () => {
    const { client } = clientOf({ sink: memorySink() });
    expect((await client.ready(null as never)).state).toBe('ready');
    await client.flush(null as never);
    expect((await client.close(null as never)).state).toBe('closed');
  });
});

describe('flushing', () => {
  it('resolves when everything read until then has arrived', async () => {
    const answer = held();
    const { client, read } = clientOf({ sink: () => answer.promise });
    read('ann');
    const flushed = vi.fn();
    const flushing = client.flush().then(flushed);
    await settled();
    expect(flushed).not.toHaveBeenCalled();
    answer.resolve();
    await flushing;
    expect(client.status().exposures).toMatchObject({ delivered: 1, pending: 0 });
  });

  it('gives up at the deadline, and what is pending stays so', async () => {
    const answer = held();
    const { client, read } = clientOf({ sink: () => answer.promise });
    read('ann');
    await client.flush({ deadline: 10 });
    expect(client.status().exposures).toMatchObject({ delivered: 0, pending: 1 });
    answer.resolve();
    await settled();
    expect(client.status().exposures).toMatchObject({ delivered: 1, pending: 0 });
  });

  it('is not kept waiting by what is read meanwhile', async () => {
    const { client, read } = clientOf({ sink: async () => void read(`next-${visitor++}`) });
    let visitor = 0;
    read('ann');
    await client.flush();
    expect(client.status().exposures.delivered).toBeGreaterThan(0);
    await client.close({ deadline: 0 });
  });
});

describe('closing', () => {
  it('delivers what is pending', async () => {
    const sink = memorySink();
    const { client, read } = clientOf({ sink });
    read('ann');
    read('ben');
    expect(await client.close()).toMatchObject({
      state: 'closed',
      exposures: { recorded: 2, delivered: 2, pending: 0, abandoned: 0 },
    });
    expect(sink.exposures).toHaveLength(2);
  });

  it.each<[string, ExposureOptions['sink']]>([
    ['a sink that hangs', () => new Promise<void>(() => {})],
    ['a sink that fails', () => Promise.reject<void>(new Error('down'))],
    [
      'a sink that rejects when it is told to stop',
      (_batch, { signal }) =>
        new Promise<void>((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        ),
    ],
  ])('with %s, ends at the deadline and counts the rest as abandoned', async (_name, sink) => {
    const { client, read } = clientOf({ sink, maxAttempts: 100, maxQueued: 200 });
    for (let i = 0; i < 150; i++) read(`v${i}`);
    const drops: unknown[] = [];
    client.on('exposuresDropped', ({ reason, count }) => drops.push([reason, count]));
    const { exposures } = await client.close({ deadline: 20 });
    expect(exposures).toMatchObject({ recorded: 150, delivered: 0, abandoned: 150, pending: 0 });
    await settled();
    expect(drops.reduce<number>((sum, drop) => sum + (drop as [string, number])[1], 0)).toBe(150);
  });

  it('tells a sink that is still sending to stop', async () => {
    let signal: AbortSignal | undefined;
    const { client, read } = clientOf({
      sink: (_batch, options) => {
        signal = options.signal;
        return new Promise<void>(() => {});
      },
    });
    read('ann');
    await client.close({ deadline: 10 });
    expect(signal?.aborted).toBe(true);
  });

  it('happens once, however often it is asked for', async () => {
    const { client } = clientOf({ sink: memorySink() });
    const first = client.close();
    expect(client.close()).toBe(first);
    await first;
    expect(client.close()).toBe(first);
  });

  it('counts what is read afterwards by requests still in flight as abandoned', async () => {
    const sink = memorySink();
    const { client } = clientOf({ sink });
    const snapshot = client.snapshot({ targetingKey: 'late' });
    await client.close();
    expect(snapshot.get('color', 'none')).toBe('red');
    expect(client.status().exposures).toMatchObject({ recorded: 1, abandoned: 1, pending: 0 });
    await client.flush();
    expect(sink.exposures).toHaveLength(0);
  });

  it('still takes what is read while it delivers', async () => {
    const answer = held();
    const seen: string[] = [];
    const { client } = clientOf({
      sink: async (batch) => {
        seen.push(...batch.map(({ targetingKey }) => targetingKey ?? ''));
        await answer.promise;
      },
    });
    const early = client.snapshot({ targetingKey: 'early' });
    const late = client.snapshot({ targetingKey: 'late' });
    early.get('color', '');
    const closing = client.close();
    await settled();
    late.get('color', '');
    answer.resolve();
    const { exposures } = await closing;
    expect(exposures.recorded).toBe(2);
    expect(exposures.pending).toBe(0);
    expect(seen[0]).toBe('early');
  });

  it('waits for the executor, but not beyond the deadline', async () => {
    const executor: ExposureExecutor = {
      submit: (task) => task(),
      drain: () => new Promise(() => {}),
    };
    const { client, read } = clientOf({ sink: memorySink(), executor });
    read('ann');
    expect((await client.close({ deadline: 10 })).exposures.delivered).toBe(1);
  });

  it('survives an executor that cannot be drained', async () => {
    const executor: ExposureExecutor = {
      submit: (task) => task(),
      drain: () => {
        throw new Error('no');
      },
    };
    const { client, read } = clientOf({ sink: memorySink(), executor });
    read('ann');
    expect((await client.close()).exposures.delivered).toBe(1);
  });

  it('breaks off a refresh that is under way', async () => {
    const server = await startHttpServer({ fault: 'hang' });
    const client = createFlagClient({ source: httpSource(server.url), logger: testLogger() });
    await server.received(1);
    const refreshing = client.refresh();
    expect((await client.close()).state).toBe('closed');
    expect((await refreshing).state).toBe('closed');
    expect(client.status().refreshes).toEqual({ changed: 0, unchanged: 0, failed: 0 });
    await server.close();
  });
});
