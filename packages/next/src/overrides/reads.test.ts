import { decodeBootstrap } from '@halyard/core';
import { type MemorySink, memorySink } from '@halyard/server';
import { type FlagdDocument, flagdDefinitions } from '@halyard/sources/flagd';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, fakeRequest, within } from '../fixtures/fake-next.ts';
import type { Flags } from '../flags.ts';
import type { OverrideOptions } from './options.ts';
import { overrideCookie } from './override-cookie.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const SECRET = 'a secret of thirty-two characters';
const definitions: FlagdDocument = {
  metadata: { set: 'shop' },
  flags: {
    color: { state: 'ENABLED', variants: { red: '#f00', blue: '#00f' }, defaultVariant: 'red' },
    checkout: { state: 'DISABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
    limit: { state: 'ENABLED', variants: { few: 3, many: 9 }, defaultVariant: 'few' },
  },
};

const logger = { warn: vi.fn() };
let flags: Flags;
let sink: MemorySink;

function open(overrides: Partial<OverrideOptions> | undefined = {}) {
  flags = createFlags({
    source: flagdDefinitions(definitions),
    client: { flags: 'all' },
    exposures: { sink },
    overrides: { secret: SECRET, environment: 'test', ...overrides },
    logger,
  });
}

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  sink = memorySink();
  open();
});
afterEach(async () => {
  await flags.client.close();
  vi.unstubAllEnvs();
  logger.warn.mockReset();
});

/** A visitor who carries these overrides. */
function visitor(overrides: object, minted: object = {}) {
  const cookie = overrideCookie({
    secret: SECRET,
    environment: 'test',
    overrides: overrides as Record<string, string>,
    ...minted,
  });
  return carrying(cookie.value);
}

const carrying = (value: string) =>
  fakeRequest({ cookies: { 'halyard-visitor': 'visitor-1', 'halyard-overrides': value } });

const read = (request = carrying('')) => within(request, () => flags.details('color', 'none'));

describe('a visitor who carries an override', () => {
  it('gets what was chosen in every read, marked', async () => {
    await within(visitor({ color: 'blue', checkout: true }), async () => {
      expect(await flags.get('color', 'none')).toBe('#00f');
      expect(await flags.get('checkout', false)).toBe(true);
      expect(await flags.details('color', 'none')).toEqual({
        flagKey: 'color',
        value: '#00f',
        variant: 'blue',
        reason: 'OVERRIDE',
        flagMetadata: { set: 'shop', 'halyard.override': true },
      });
      expect((await flags.all()).get('checkout')).toMatchObject({
        value: true,
        reason: 'OVERRIDE',
      });
      expect((await flags.details('limit', 0)).reason).toBe('STATIC');
    });
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('sees why, and what the flag would have been', async () => {
    const explanation = await within(visitor({ color: 'blue' }), () => flags.explain('color'));
    expect(explanation.resolution).toMatchObject({ value: '#00f', reason: 'OVERRIDE' });
    expect(explanation.steps.at(-1)).toEqual({
      kind: 'override',
      path: 'color',
      matched: true,
      detail: { instead: { value: '#f00', variant: 'red', reason: 'STATIC', errorCode: null } },
    });
  });

  it('gets the same in the browser, at first and when it asks again', async () => {
    const request = visitor({ color: 'blue' });
    const { first, later } = await within(request, async () => ({
      first: await flags.hydrate(),
      later: await flags.handlers.GET(new Request('http://shop.test/api/flags')),
    }));
    expect(decodeBootstrap(first).get('color')).toMatchObject({
      value: '#00f',
      variant: 'blue',
      reason: 'OVERRIDE',
    });
    expect(await later.json()).toEqual(first);
  });

  it('changes nothing for anybody else', async () => {
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const { value } = await read(i % 2 === 0 ? visitor({ color: 'blue' }) : carrying(''));
        expect(value).toBe(i % 2 === 0 ? '#00f' : '#f00');
      }),
    );
  });

  it('gets it from the next read on when the cookie is set within the request', async () => {
    const request = carrying('');
    await within(request, async () => {
      expect(await flags.get('color', 'none')).toBe('#f00');
      const { name, value } = overrideCookie({
        secret: SECRET,
        environment: 'test',
        overrides: { color: 'blue' },
      });
      request.cookies.set(name, value);
      expect(await flags.get('color', 'none')).toBe('#00f');
    });
  });

  it('may choose a variant by its value or by its name', async () => {
    expect((await read(visitor({ color: '#00f' }))).variant).toBe('blue');
    expect((await read(visitor({ color: { variant: 'blue' } }))).variant).toBe('blue');
  });
});

describe('exposures of what was chosen', () => {
  it('are counted apart, from the server and from the browser', async () => {
    const request = visitor({ color: 'blue' });
    await within(request, async () => {
      await flags.get('color', 'none');
      await flags.get('limit', 0);
    });
    await endOf(request);
    const report = visitor({ color: 'blue' });
    const { status } = await within(report, () =>
      flags.handlers.POST(
        new Request('http://shop.test/api/flags', {
          method: 'POST',
          body: JSON.stringify({ keys: ['color'] }),
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        }),
      ),
    );
    await endOf(report);
    await flags.client.flush();
    expect(status).toBe(204);
    expect(sink.exposures.map(({ flagKey }) => flagKey)).toEqual(['limit']);
    expect(flags.client.status().exposures).toMatchObject({ recorded: 1, overridden: 2 });
  });
});

describe('a cookie is ignored, with one warning,', () => {
  it.each([
    ['when it is over', () => visitor({ color: 'blue' }, { expiresIn: -1 }), /expired/],
    [
      'when it was made elsewhere',
      () => visitor({ color: 'blue' }, { environment: 'production' }),
      /made for "production", and this is "test"/,
    ],
    [
      'when it is forged',
      () => visitor({ color: 'blue' }, { secret: 'another secret of so many characters' }),
      /not signed/,
    ],
    ['when it is no such cookie', () => carrying('color=blue'), /not signed/],
    ['when it is too large', () => carrying('x'.repeat(100_000)), /more than 3800/],
  ])('%s', async (_what, request, problem) => {
    expect(await read(request())).toMatchObject({ value: '#f00', reason: 'STATIC' });
    expect(await read(request())).toMatchObject({ value: '#f00', reason: 'STATIC' });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(problem));
  });

  it('as far as a flag cannot come out so, and counts for the others', async () => {
    const request = visitor({ color: 'green', nope: 1, limit: 'many' });
    await within(request, async () => {
      expect(await flags.details('color', 'none')).toMatchObject({ reason: 'STATIC' });
      expect(await flags.details('limit', 0)).toMatchObject({ value: 9, reason: 'OVERRIDE' });
      expect(await flags.details('nope', 'x')).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
    });
    await read(visitor({ color: 'green' }));
    expect(logger.warn.mock.calls.flat()).toEqual([
      '[halyard] [next] the override of "color" was ignored: it cannot come out as "green", only as "red", "blue".',
      '[halyard] [next] the override of "nope" was ignored: the definitions have no such flag, or do not say what it can come out as.',
    ]);
  });
});

describe('whether overrides work', () => {
  const blue = () => visitor({ color: 'blue' });

  it('is asked for a request that carries a valid cookie, and for no other', async () => {
    const authorize = vi.fn(() => true);
    open({ authorize });
    await read(carrying(''));
    await read(carrying('color=blue'));
    expect(authorize).not.toHaveBeenCalled();
    expect((await read(blue())).reason).toBe('OVERRIDE');
    expect(authorize).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ visitorId: 'visitor-1', cookies: expect.anything() }),
    );
  });

  it.each<[what: string, authorize: () => never]>([
    ['false', () => false as never],
    ['something that is not true', () => 'yes' as never],
    ['a promise of false', () => Promise.resolve(false) as never],
    [
      'an error',
      () => {
        throw new Error('no session');
      },
    ],
    ['nothing in time', () => new Promise(() => {}) as never],
  ])('is no when the answer is %s', async (_what, authorize) => {
    flags = createFlags({
      source: flagdDefinitions(definitions),
      identifyTimeout: 10,
      overrides: { secret: SECRET, environment: 'test', authorize },
      logger,
    });
    expect(await read(blue())).toMatchObject({ value: '#f00', reason: 'STATIC' });
  });

  it('is no in production, unless the application says so', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    open();
    expect((await read(blue())).reason).toBe('STATIC');
    expect(logger.warn).not.toHaveBeenCalled();
    open({ authorize: ({ headers }) => headers.get('host') === 'shop.test' });
    expect((await read(blue())).reason).toBe('OVERRIDE');
  });

  it('is no without a secret', async () => {
    open({ secret: undefined });
    expect((await read(blue())).reason).toBe('STATIC');
  });
});

it('nothing is overridden, and nothing is said of it, while there are no definitions', async () => {
  const source = { ...flagdDefinitions(definitions), id: 'nothing', compile: () => ({}) as never };
  flags = createFlags({
    source,
    overrides: { secret: SECRET, environment: 'test' },
    readyTimeout: 10,
    logger,
  });
  expect(await read(visitor({ color: 'blue' }))).toMatchObject({ value: 'none', reason: 'ERROR' });
  expect(logger.warn.mock.calls.flat().join()).not.toContain('override');
});
