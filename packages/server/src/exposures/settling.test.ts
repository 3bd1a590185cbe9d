import type { ExposureExecutor, FlagSource } from '@halyard/core';
import { describe, expect, it, vi } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, inline, memorySink } from '../index.ts';

function clientUnderTest(given: { source?: Partial<FlagSource>; submit?: typeof submitted } = {}) {
  const sink = memorySink();
  const client = createFlagClient({
    source: { ...inlineSource({ color: { value: 'red' } }), ...given.source } as FlagSource,
    exposures: { sink, executor: given.submit ? { submit: given.submit } : inline() },
    logger: testLogger(),
  });
  return { client, sink };
}

const submitted: ExposureExecutor['submit'] = (task) => task();

describe('what a read leads to', () => {
  it('happens once the code that reads has given way', async () => {
    const submit = vi.fn(submitted);
    const { client } = clientUnderTest({ submit });
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(submit).not.toHaveBeenCalled();
    await null;
    expect(submit).toHaveBeenCalledOnce();
  });

  it('is in the counters at once', () => {
    const { client } = clientUnderTest();
    client.resolve('color', '', { targetingKey: 'ann' });
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(client.status().exposures).toMatchObject({ recorded: 1, deduplicated: 1, pending: 1 });
  });

  it('does not pile up over a loop that never gives way', () => {
    const submit = vi.fn(submitted);
    const { client } = clientUnderTest({ submit });
    for (let i = 0; i < 10_000; i++) client.resolve('color', '', { targetingKey: `visitor-${i}` });
    expect(submit).toHaveBeenCalled();
  });

  it('is about whom the context was about then, though it is used again for somebody else', async () => {
    const { client, sink } = clientUnderTest();
    const context = { targetingKey: 'ann' };
    client.resolve('color', '', context);
    context.targetingKey = 'ben';
    client.resolve('color', '', context);
    await client.flush();
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual(['ann', 'ben']);
  });
});

describe('a backend that counts for something else than the targeting key', () => {
  const byDevice = { subject: ({ device }: Record<string, unknown>) => device as string };

  it('counts once for each of that', async () => {
    const { client, sink } = clientUnderTest({ source: byDevice });
    client.resolve('color', '', { targetingKey: 'ann', device: 'phone' });
    client.resolve('color', '', { targetingKey: 'ben', device: 'phone' });
    client.resolve('color', '', { targetingKey: 'ann', device: 'tablet' });
    await client.flush();
    expect(sink.exposures.map(({ context }) => context?.device)).toEqual(['phone', 'tablet']);
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual(['ann', 'ann']);
    expect(new Set(sink.exposures.map(({ id }) => id)).size).toBe(2);
  });

  it('says who that was then, though the context is used again for somebody else', async () => {
    const { client, sink } = clientUnderTest({ source: byDevice });
    const context = { device: 'phone' };
    client.resolve('color', '', context);
    context.device = 'tablet';
    await client.flush();
    expect(sink.exposures.map(({ subject }) => subject)).toEqual(['phone']);
  });

  it.each<[string, FlagSource['subject']]>([
    [
      'throws',
      () => {
        throw new Error('kaboom');
      },
    ],
    ['gives no text', () => 7 as never],
  ])('counts once for all when it %s, and the read is none the wiser', async (_what, subject) => {
    const { client, sink } = clientUnderTest({ source: { subject } });
    expect(client.resolve('color', '', { targetingKey: 'ann' }).value).toBe('red');
    expect(client.resolve('color', '', { targetingKey: 'ben' }).value).toBe('red');
    await client.flush();
    expect(sink.exposures).toHaveLength(1);
  });

  it('is refused at once when it is no function', () => {
    expect(() => clientUnderTest({ source: { subject: 'distinct_id' as never } })).toThrow(
      /source\.subject/,
    );
  });
});
