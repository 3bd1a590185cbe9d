import type { EvaluationContext, ExposureExecutor } from '@halyard/core';
import { fakeClock, startHttpServer } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { httpSource, inlineSource } from '../fixtures/plain-source.ts';
import { remoteSource } from '../fixtures/remote-source.ts';
import { createFlagClient, inline, memorySink, type ShownVariant } from '../index.ts';

const source = inlineSource({
  color: { value: 'red', variant: 'warm', reason: 'SPLIT', flagMetadata: { experiment: 7 } },
  checkout: { value: true },
  off: { value: false, reason: 'DISABLED' },
  unmatched: { enabled: false, reason: 'DEFAULT' },
  silent: {},
  made: { value: 'up', isDefault: true },
  broken: { throws: 'kaboom' },
});

function clientOf(executor: ExposureExecutor = inline(), of = source) {
  const sink = memorySink();
  const logger = testLogger();
  const client = createFlagClient({ source: of, exposures: { sink, executor }, logger });
  const seen = async () => {
    await client.flush();
    return sink.exposures.map(
      ({ flagKey, variant, value }) => `${flagKey}=${variant ?? String(value)}`,
    );
  };
  return { client, sink, logger, seen, counters: () => client.status().exposures };
}

const ann = { targetingKey: 'ann' };

describe('an exposure by hand', () => {
  it('is of what the caller names, whatever the flag resolves to', async () => {
    const { client, sink } = clientOf();
    client.expose('color', 'cold', ann);
    await client.flush();
    expect(sink.exposures).toMatchObject([
      { flagKey: 'color', variant: 'cold', reason: 'UNKNOWN', targetingKey: 'ann', context: ann },
    ]);
    expect(sink.exposures[0]).not.toHaveProperty('flagMetadata');
    expect(sink.exposures[0]?.value).toBeUndefined();
  });

  it('says what the definitions say of the flag, where they give this very variant', async () => {
    const { client, sink } = clientOf();
    client.expose('color', 'warm', ann);
    await client.flush();
    const { version } = client.status();
    expect(sink.exposures).toMatchObject([
      { variant: 'warm', value: 'red', reason: 'SPLIT', flagMetadata: { experiment: 7 }, version },
    ]);
  });

  it('is the same exposure as a read of the same variant', async () => {
    const { client, seen, counters } = clientOf();
    client.resolve('color', '', ann);
    client.expose('color', 'warm', ann);
    client.expose('checkout', true, ann);
    client.resolve('checkout', false, ann);
    expect(await seen()).toEqual(['color=warm', 'checkout=true']);
    expect(counters()).toMatchObject({ recorded: 2, deduplicated: 2 });
  });

  it('may be on or off, also of a flag that nobody has', async () => {
    const { client, seen } = clientOf();
    client.expose('checkout', false, ann);
    client.expose('off', false, ann);
    client.expose('missing', true, ann);
    client.expose('broken', 'on', ann);
    expect(await seen()).toEqual(['checkout=false', 'off=false', 'missing=true', 'broken=on']);
  });

  it('may be what a read gave that was not to count', async () => {
    const { client, sink } = clientOf();
    const details = client.resolve('color', '', ann, { expose: false });
    client.expose('color', details, ann);
    await client.flush();
    expect(sink.exposures).toMatchObject([
      { variant: 'warm', value: 'red', reason: 'SPLIT', flagMetadata: { experiment: 7 } },
    ]);
  });

  it('is the same exposure also where that read was of what comes with the flag', async () => {
    const beta: typeof source = {
      ...inlineSource({ beta: { value: true } }),
      select: ({ value }, type) => (type === 'object' ? { limit: 5 } : value),
    };
    const { client, seen, counters } = clientOf(inline(), beta);
    client.expose('beta', client.resolve('beta', {}, ann, { expose: false }), ann);
    client.resolve('beta', {}, ann);
    client.resolve('beta', false, ann);
    expect(await seen()).toEqual(['beta=true']);
    expect(counters()).toMatchObject({ recorded: 1, deduplicated: 2 });
    const other = { ...client.resolve('beta', {}, ann, { expose: false }), value: { limit: 7 } };
    client.expose('beta', other, ann);
    expect(await seen()).toHaveLength(2);
  });

  it('does not count where that read gave what somebody has chosen, though the flag gives the same', async () => {
    const { client, seen, counters } = clientOf();
    const chosen = client.snapshot(ann).overridden(new Map([['checkout', { value: true }]]));
    client.expose('checkout', chosen.details('checkout', false, { expose: false }), ann);
    expect(await seen()).toEqual([]);
    expect(counters()).toMatchObject({ recorded: 0, overridden: 1 });
  });

  it('does not count where that read gave the default', async () => {
    const { client, seen, counters } = clientOf();
    client.expose('color', client.resolve('color', 5, ann), ann);
    client.expose('off', client.resolve('off', true, ann), ann);
    client.expose('silent', client.resolve('silent', 'mine', ann), ann);
    client.expose('made', client.resolve('made', 'mine', ann), ann);
    expect(await seen()).toEqual([]);
    expect(counters().recorded).toBe(0);
  });

  it('of a default given because the flag is off is what the read would count: off', async () => {
    const { client, seen, counters } = clientOf();
    client.expose('unmatched', client.resolve('unmatched', 'mine', ann, { expose: false }), ann);
    client.resolve('unmatched', 'mine', ann);
    client.snapshot(ann).get('unmatched', 'mine');
    expect(await seen()).toEqual(['unmatched=false']);
    expect(counters()).toMatchObject({ recorded: 1, deduplicated: 2 });
  });

  it('of old definitions is what the read would count', async () => {
    const color = { value: 'red', reason: 'SPLIT', flagMetadata: { experiment: 7 } };
    const body = { color, off: { value: false, reason: 'DISABLED' } };
    const server = await startHttpServer([{ body }, { status: 500 }]);
    const sink = memorySink();
    const clock = fakeClock();
    const client = createFlagClient({
      source: httpSource(server.url),
      exposures: { sink },
      clock: clock.now,
      logger: testLogger(),
    });
    await client.ready();
    clock.advance(1e9);
    for (const [key, value] of Object.entries({ color: '', off: true })) {
      const details = client.resolve(key, value, ann, { expose: false });
      expect(details.reason).toBe('STALE');
      client.expose(key, details, ann);
    }
    await client.close();
    await server.close();
    expect(sink.exposures).toMatchObject([{ flagKey: 'color', value: 'red', reason: 'SPLIT' }]);
    expect(sink.exposures[0]?.flagMetadata).toEqual({ experiment: 7 });
  });

  it('counts although the context throws when it is read', async () => {
    const { client, seen } = clientOf();
    const context = {
      get targetingKey(): string {
        throw new Error('no');
      },
    };
    client.expose('color', 'warm', context);
    expect(await seen()).toEqual(['color=warm']);
  });

  it('takes no other with it, whatever it is of', async () => {
    const { client, seen, counters } = clientOf();
    client.expose('color', 'warm', ann);
    for (const value of [10n, Symbol('odd'), () => 'odd']) {
      const details = { flagKey: 'odd', value, reason: 'STATIC', flagMetadata: {} } as const;
      client.expose(`odd ${typeof value}`, details, ann);
    }
    client.expose('checkout', true, ann);
    expect((await seen()).map((exposure) => exposure.split('=')[0])).toEqual([
      'color',
      'odd bigint',
      'odd symbol',
      'odd function',
      'checkout',
    ]);
    expect(counters()).toMatchObject({ recorded: 5, delivered: 5, pending: 0 });
  });

  it('goes through the executor, and is refused like any other', async () => {
    const submit = vi.fn<ExposureExecutor['submit']>(() => Promise.reject(new Error('no room')));
    const { client, counters } = clientOf({ submit });
    client.expose('color', 'warm', ann);
    await settled();
    expect(submit).toHaveBeenCalledOnce();
    expect(counters()).toMatchObject({ recorded: 1, refused: 1, pending: 0 });
  });

  it('can be waited for with inline()', async () => {
    const { client, sink } = clientOf();
    client.expose('color', 'warm', ann);
    await client.settled();
    expect(sink.exposures).toHaveLength(1);
  });

  it('of a closed client is lost as abandoned', async () => {
    const { client, counters } = clientOf();
    await client.close();
    client.expose('color', 'warm', ann);
    expect(counters()).toMatchObject({ recorded: 1, abandoned: 1 });
  });

  it('needs no answer where the backend evaluates', async () => {
    const { client, sink } = clientOf(inline(), remoteSource('http://127.0.0.1:1'));
    client.expose('color', 'warm', ann);
    await client.flush();
    expect(sink.exposures).toMatchObject([{ variant: 'warm', version: 'remote' }]);
    expect(client.status().remote?.requests).toBe(0);
  });
});

describe('an exposure by hand that makes no sense', () => {
  const nonsense: readonly (readonly unknown[])[] = [
    ['', 'warm', ann],
    [7, 'warm', ann],
    ['color', '', ann],
    ['color', undefined, ann],
    ['color', null, ann],
    ['color', 7, ann],
    ['color', 'warm', undefined],
    ['color', 'warm', 'ann'],
  ];

  it.each(nonsense)('is warned about and never thrown: %o, %o, %o', async (...given) => {
    const { client, logger, counters } = clientOf();
    client.expose(...(given as [string, ShownVariant, EvaluationContext]));
    await client.flush();
    expect(counters().recorded).toBe(0);
    expect(logger.messages).toEqual([
      '[halyard] [exposures] `expose` needs the key of a flag, its variant or the details of a read, and a context.',
    ]);
  });

  it('is warned about where the details throw when they are read', async () => {
    const { client, logger, counters } = clientOf();
    const details = client.resolve('color', '', ann, { expose: false });
    const hostile = {
      ...details,
      get variant(): string {
        throw new Error('no');
      },
    };
    client.expose('color', hostile, ann);
    await client.flush();
    expect(counters().recorded).toBe(0);
    expect(logger.messages).toHaveLength(1);
  });
});
