import type { EvaluationContext } from '@halyard/core';
import { fakeClock, HOSTILE_KEYS, hostileContexts } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { next, testLogger } from './fixtures/observe.ts';
import { fileSource, inlineSource, type PlainDocument } from './fixtures/plain-source.ts';
import { createFlagClient, memorySink } from './index.ts';

const FLAGS: PlainDocument = {
  checkout: { value: true, variant: 'on' },
  color: { value: 'red', variant: 'warm', reason: 'SPLIT' },
  limits: { value: { max: 3 } },
  silent: {},
  plan: { attribute: 'plan' },
  now: { clock: true },
  broken: { throws: 'kaboom' },
};

const client = createFlagClient({ source: inlineSource(FLAGS), logger: testLogger() });

describe('reading a flag', () => {
  it('gives the value, its variant and the reason', () => {
    expect(client.resolve('color', 'blue')).toEqual({
      flagKey: 'color',
      value: 'red',
      variant: 'warm',
      reason: 'SPLIT',
      flagMetadata: {},
    });
    expect(client.snapshot().get('limits', { max: 1 })).toEqual({ max: 3 });
  });

  it('gives the default when the flag has another type', () => {
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    expect(snapshot.get('color', false)).toBe(false);
    expect(snapshot.details('color', 7)).toMatchObject({
      value: 7,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it('accepts any type when the default is undefined or null', () => {
    expect(client.snapshot().get('color', undefined)).toBe('red');
    expect(client.snapshot().get<unknown>('checkout', null)).toBe(true);
  });

  it('gives the default without an error when the flag has no value', () => {
    const details = client.resolve('silent', 'fallback');
    expect(details).toMatchObject({ value: 'fallback', reason: 'STATIC' });
    expect(details.errorCode).toBeUndefined();
  });

  it.each(['nope', ...HOSTILE_KEYS].map((key) => [key.slice(0, 20), key]))(
    'gives the default for the key "%s", which is no flag',
    (_name, key) => {
      expect(client.snapshot().get(key, 'fallback')).toBe('fallback');
      expect(client.resolve(key, 1)).toMatchObject({ value: 1, errorCode: 'FLAG_NOT_FOUND' });
    },
  );

  it.each([[Symbol('key')], [undefined], [{}], [null], [5]])('survives the key %o', (key) => {
    expect(client.snapshot().get(key as never, 'fallback')).toBe('fallback');
    expect(client.resolve(key as never, 'fallback').value).toBe('fallback');
    expect(() => client.snapshot().explain(key as never)).not.toThrow();
  });

  it('is evaluated once per snapshot, with one reading of the clock', () => {
    const clock = fakeClock();
    const ticking = vi.fn(() => {
      clock.advance(1);
      return clock.now();
    });
    const snapshot = createFlagClient({ source: inlineSource(FLAGS), clock: ticking }).snapshot();
    const first = snapshot.get('now', 0);
    expect(first).toBeGreaterThan(0);
    expect(snapshot.get('now', 0)).toBe(first);
  });

  it('gives everything in bulk', () => {
    const { broken: _, ...flags } = FLAGS;
    const all = createFlagClient({ source: inlineSource(flags) })
      .snapshot({ plan: 'pro' })
      .all();
    expect(all.get('color')).toMatchObject({ value: 'red', variant: 'warm' });
    expect(all.get('plan')?.value).toBe('pro');
  });

  it('keeps one failing flag away from the others, in bulk too', () => {
    const all = client.snapshot({ plan: 'pro' }).all();
    expect(all.get('broken')).toMatchObject({ reason: 'ERROR', errorCode: 'GENERAL' });
    expect(all.get('checkout')?.value).toBe(true);
  });

  it('is explained, with the age of the definitions', () => {
    const clock = fakeClock();
    const aging = createFlagClient({ source: inlineSource(FLAGS), clock: clock.now });
    clock.advance(1234);
    expect(aging.snapshot().explain('color')).toMatchObject({
      flagKey: 'color',
      resolution: { value: 'red', variant: 'warm' },
      source: 'plain',
      ageMs: 1234,
    });
    expect(client.snapshot().explain('broken').resolution).toMatchObject({ errorCode: 'GENERAL' });
  });
});

describe('a backend or a context that misbehaves', () => {
  it('ends in the default and an error', () => {
    expect(client.snapshot().get('broken', 'fallback')).toBe('fallback');
    expect(client.resolve('broken', 'fallback')).toMatchObject({
      value: 'fallback',
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: 'the flag could not be evaluated: kaboom',
    });
  });

  it.each(
    [...hostileContexts(['targetingKey', 'plan'])].filter(([, context]) => isContext(context)),
  )('with a context in which there is %s, other flags are read all the same', (_name, context) => {
    const sink = memorySink();
    const counted = createFlagClient({ source: inlineSource(FLAGS), exposures: { sink } });
    const snapshot = counted.snapshot(context as EvaluationContext);
    expect(snapshot.get('checkout', false)).toBe(true);
    expect(snapshot.details('color', '').value).toBe('red');
    expect(() => snapshot.get('plan', '')).not.toThrow();
    expect(() => snapshot.details('plan', '')).not.toThrow();
    expect(() => snapshot.all()).not.toThrow();
    expect(() => snapshot.explain('plan')).not.toThrow();
    expect(() => snapshot.expose(['plan', 'checkout'], 'client')).not.toThrow();
  });

  it.each([['a string'], [42], [true]])('the context %o is an invalid one', (context) => {
    expect(client.resolve('checkout', false, context as never)).toMatchObject({
      value: false,
      errorCode: 'INVALID_CONTEXT',
    });
  });

  it('no context, undefined and null all mean nobody in particular', () => {
    expect(client.resolve('checkout', false).value).toBe(true);
    expect(client.snapshot(undefined).get('checkout', false)).toBe(true);
    expect(client.snapshot(null as never).get('checkout', false)).toBe(true);
  });

  it('a clock that fails is replaced by the system’s', () => {
    const clock = () => {
      throw new Error('no clock');
    };
    const blind = createFlagClient({ source: inlineSource(FLAGS), clock });
    expect(blind.snapshot().get('checkout', false)).toBe(true);
    expect(
      createFlagClient({ source: inlineSource(FLAGS), clock: () => Number.NaN }).status()
        .confirmedAt,
    ).toBeGreaterThan(0);
  });
});

describe('a client without definitions', () => {
  it('answers with defaults and PROVIDER_NOT_READY', () => {
    const waiting = createFlagClient({
      source: fileSource('/nowhere/flags.json'),
      logger: testLogger(),
    });
    expect(waiting.snapshot().get('checkout', false)).toBe(false);
    expect(waiting.resolve('checkout', false)).toEqual({
      flagKey: 'checkout',
      value: false,
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: 'there are no flag definitions yet.',
      flagMetadata: {},
    });
    expect(waiting.snapshot().all().size).toBe(0);
    expect(waiting.snapshot().explain('checkout')).toMatchObject({
      resolution: { errorCode: 'PROVIDER_NOT_READY' },
      ageMs: undefined,
    });
    expect(() => waiting.snapshot().expose(['checkout'], 'client')).not.toThrow();
  });

  it('says why, once it knows', async () => {
    const failing = createFlagClient({
      source: fileSource('/nowhere/flags.json'),
      logger: testLogger(),
    });
    await next(failing, 'error');
    expect(failing.resolve('checkout', false).errorMessage).toContain('/nowhere/flags.json');
  });

  it('given in code that makes no sense is an error, and waiting for it ends at once', async () => {
    const source = {
      ...inlineSource({}),
      compile() {
        throw new TypeError('bad definitions');
      },
    };
    const logger = testLogger();
    const broken = createFlagClient({ source, logger });
    const status = await broken.ready({ timeout: 2 ** 31 - 1 });
    expect(status).toMatchObject({ state: 'error', version: undefined });
    expect(status.lastError?.code).toBe('INVALID_DEFINITIONS');
    expect(status.lastError?.message).toContain('bad definitions');
    expect(logger.messages).toHaveLength(1);
  });
});

describe('a closed client', () => {
  it('answers with defaults and says that it is closed', async () => {
    const closed = createFlagClient({ source: inlineSource(FLAGS) });
    const before = closed.snapshot();
    expect(await closed.close()).toMatchObject({ state: 'closed', version: undefined });
    expect(closed.resolve('checkout', false)).toMatchObject({
      value: false,
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: expect.stringContaining('closed'),
    });
    expect((await closed.ready()).state).toBe('closed');
    expect((await closed.refresh()).state).toBe('closed');
    // A request that is still being answered keeps the values it began with.
    expect(before.get('checkout', false)).toBe(true);
  });
});

describe('listening to reads', () => {
  it('tells what was read, for whom, and how long it took', () => {
    const listened = createFlagClient({ source: inlineSource(FLAGS) });
    const heard = vi.fn();
    const stop = listened.on('resolution', heard);
    listened.snapshot({ targetingKey: 'ann' }).get('color', 'blue');
    listened.resolve('nope', 1, { targetingKey: 'ben' });
    stop();
    listened.snapshot({ targetingKey: 'cal' }).get('color', 'blue');
    expect(heard.mock.calls).toEqual([
      [
        expect.objectContaining({
          details: expect.objectContaining({ flagKey: 'color', value: 'red', variant: 'warm' }),
          targetingKey: 'ann',
          durationMs: expect.any(Number),
        }),
      ],
      [expect.objectContaining({ targetingKey: 'ben' })],
    ]);
  });

  it('costs nothing while nobody does', () => {
    const measured = vi.spyOn(performance, 'now');
    client.snapshot().get('color', '');
    client.resolve('color', '');
    expect(measured).not.toHaveBeenCalled();
    measured.mockRestore();
  });
});

/** Null and undefined stand for the empty context. */
function isContext(context: unknown): boolean {
  return typeof context === 'object' || context === undefined;
}
