import { type FlagdDocument, flagdDefinitions } from '@halyard/sources/flagd';
import { posthogRemote } from '@halyard/sources/posthog';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';
import { overrideCookie } from './override-cookie.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const SECRET = 'a secret of thirty-two characters';
const ROUTE = 'https://shop.test/api/flags/overrides';
const definitions: FlagdDocument = {
  flags: {
    color: { state: 'ENABLED', variants: { red: '#f00', blue: '#00f' }, defaultVariant: 'red' },
    checkout: { state: 'DISABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
    broken: { state: 'ENABLED', variants: null as never },
  },
};

let flags: Flags;
const logger = { warn: vi.fn() };

function open(options: Partial<CreateFlagsOptions> = {}) {
  flags = createFlags({
    source: flagdDefinitions(definitions),
    overrides: { secret: SECRET, environment: 'test', maxAge: 600 },
    logger,
    ...options,
  });
}

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  open();
});
afterEach(async () => {
  await flags.client.close();
  vi.unstubAllEnvs();
  logger.warn.mockReset();
});

const HERE = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

interface Call {
  readonly overrides?: unknown;
  readonly headers?: Record<string, string>;
  /** What the visitor carries already. */
  readonly cookie?: string | undefined;
}

/** What a route answers, and the cookie that it sets. */
async function call(method: 'GET' | 'POST' | 'DELETE', given: Call = {}) {
  const { overrides, headers = HERE, cookie } = given;
  const body = method === 'POST' ? JSON.stringify({ overrides }) : null;
  const request = fakeRequest(cookie ? { cookies: { 'halyard-overrides': cookie } } : {});
  const response = await within(request, () =>
    flags.overrides[method](new Request(ROUTE, { method, body, headers })),
  );
  const text = await response.text();
  const [set] = response.headers.getSetCookie();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
    set,
    value: set?.match(/^halyard-overrides=([^;]*)/)?.[1],
  };
}

/** The reason and value that a visitor with this cookie gets. */
async function colorFor(cookie: string | undefined) {
  const request = fakeRequest(cookie ? { cookies: { 'halyard-overrides': cookie } } : {});
  const { value, reason } = await within(request, () => flags.details('color', 'none'));
  return `${reason} ${value}`;
}

const LISTED = [
  {
    key: 'color',
    outcomes: [
      { choice: 'red', variant: 'red', value: '#f00' },
      { choice: 'blue', variant: 'blue', value: '#00f' },
    ],
  },
  {
    key: 'checkout',
    outcomes: [
      { choice: 'on', variant: 'on', value: true },
      { choice: 'off', variant: 'off', value: false },
    ],
  },
  { key: 'broken', outcomes: [] },
];

describe('GET', () => {
  it('lists what each flag can come out as', async () => {
    const { status, body, headers, set } = await call('GET');
    expect(status).toBe(200);
    expect(body).toEqual({ environment: 'test', flags: LISTED });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(set).toBeUndefined();
  });

  it('says what is chosen', async () => {
    const { value } = await call('POST', { overrides: { color: 'blue' } });
    const { body } = await call('GET', { cookie: value });
    expect(body.flags[0]).toEqual({ ...LISTED[0], override: 'blue' });
    expect(body.flags[1]).toEqual(LISTED[1]);
  });
});

describe('POST', () => {
  it('sets the cookie with which the visitor’s flags come out as chosen', async () => {
    const { status, body, set, value } = await call('POST', { overrides: { color: 'blue' } });
    expect(status).toBe(200);
    expect(body.flags[0].override).toBe('blue');
    expect(set?.toLowerCase()).toMatch(/; path=\/;.*max-age=600;.*secure; httponly; samesite=lax$/);
    expect(await colorFor(value)).toBe('OVERRIDE #00f');
  });

  it('leaves other choices as they are, and null takes one back', async () => {
    const first = await call('POST', { overrides: { color: 'blue' } });
    const second = await call('POST', { overrides: { checkout: true }, cookie: first.value });
    expect(second.body.flags).toMatchObject([{ override: 'blue' }, { override: true }, {}]);
    const third = await call('POST', { overrides: { color: null }, cookie: second.value });
    expect(third.body.flags[0]).toEqual(LISTED[0]);
    expect(third.body.flags[1].override).toBe(true);
    expect(await colorFor(third.value)).toBe('STATIC #f00');
  });

  it('has values read by the source as its own method, as everywhere', async () => {
    const inner = flagdDefinitions(definitions);
    const source = Object.assign(flagdDefinitions(definitions), {
      inner,
      select(this: { inner: typeof inner }, ...asked: Parameters<typeof inner.select>) {
        return this.inner.select(...asked);
      },
    });
    await flags.client.close();
    Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
    open({ source });
    const { status, value } = await call('POST', { overrides: { color: '#00f' } });
    expect(status).toBe(200);
    expect(await colorFor(value)).toBe('OVERRIDE #00f');
  });

  it('ends the cookie when nothing is chosen any more', async () => {
    const { value } = await call('POST', { overrides: { color: 'blue' } });
    const { set } = await call('POST', { overrides: { color: null }, cookie: value });
    expect(set?.toLowerCase()).toMatch(/^halyard-overrides=;.*max-age=0;/);
  });

  it('adds nothing to a cookie that was forged', async () => {
    const forged = overrideCookie({
      secret: 'another secret of so many characters',
      environment: 'test',
      overrides: { color: 'blue' },
    });
    const { value } = await call('POST', { overrides: { checkout: true }, cookie: forged.value });
    expect(await colorFor(value)).toBe('STATIC #f00');
  });

  it.each([
    [
      { color: 'green' },
      {
        error:
          'flag "color" cannot be overridden so: it cannot come out as "green", only as "red", "blue"',
        flag: 'color',
        given: 'green',
        outcomes: ['red', 'blue'],
      },
    ],
    [{ nope: true }, { error: 'there is no flag "nope"', flag: 'nope', given: true }],
    [
      { broken: true },
      {
        error:
          'flag "broken" cannot be overridden so: its definition does not say what it can come out as',
        flag: 'broken',
        given: true,
        outcomes: [],
      },
    ],
    [['color'], { error: 'the body must be {"overrides": {"flag-key": choice or null, …}}' }],
    [undefined, { error: 'the body must be {"overrides": {"flag-key": choice or null, …}}' }],
  ])('refuses %j, and says what was given and what there is', async (overrides, expected) => {
    const { status, body, set } = await call('POST', { overrides });
    expect(status).toBe(400);
    expect(body).toEqual(expected);
    expect(set).toBeUndefined();
  });

  it('changes nothing when one of several choices cannot be made', async () => {
    const overrides = { color: 'blue', checkout: 'maybe' };
    const { status, body, set } = await call('POST', { overrides });
    expect([status, body.flag, set]).toEqual([400, 'checkout', undefined]);
  });

  it('refuses more than a cookie holds', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, true]));
    const on = { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' } as const;
    const all = Object.fromEntries(Object.keys(many).map((key) => [key, on]));
    open({ source: flagdDefinitions({ flags: all }) });
    const { status, body } = await call('POST', { overrides: many });
    expect(status).toBe(413);
    expect(body.error).toMatch(/at most 50/);
  });

  it('takes JSON only', async () => {
    const headers = { ...HERE, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call('POST', { overrides: {}, headers })).status).toBe(415);
  });
});

describe('DELETE', () => {
  it('ends all overrides', async () => {
    const { status, set, body } = await call('DELETE');
    expect(status).toBe(204);
    expect(body).toBeUndefined();
    expect(set?.toLowerCase()).toMatch(/^halyard-overrides=;.*max-age=0;/);
  });
});

describe('who may', () => {
  it.each(['POST', 'DELETE'] as const)('is nobody on another site: %s', async (method) => {
    const headers = { ...HERE, 'sec-fetch-site': 'cross-site' };
    const { status, body, set } = await call(method, { overrides: { color: 'blue' }, headers });
    expect(status).toBe(403);
    expect(body.error).toBe(
      'overrides are taken from this site only, not from a cross-site request',
    );
    expect(set).toBeUndefined();
  });

  it.each([
    ['without a secret', undefined],
    ['where the application refuses', { secret: SECRET, authorize: () => false }],
  ])('is nobody %s: there is nothing to be found', async (_what, overrides) => {
    open({ overrides: overrides ?? { secret: undefined } });
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const { status, body, set } = await call(method, { overrides: { color: 'blue' } });
      expect([status, body, set], method).toEqual([404, { error: 'not found' }, undefined]);
    }
  });

  it('is nobody in production, but for whom the application says so', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    open();
    expect((await call('GET')).status).toBe(404);
    const authorize = vi.fn(async () => true);
    open({ overrides: { secret: SECRET, authorize } });
    const { status, value } = await call('POST', { overrides: { color: 'blue' } });
    expect(status).toBe(200);
    expect(await colorFor(value)).toBe('OVERRIDE #00f');
    expect(authorize).toHaveBeenCalledTimes(2);
  });
});

describe('where nothing can be chosen', () => {
  it('says that there are no definitions yet', async () => {
    const source = { ...flagdDefinitions(definitions), id: 'none', compile: () => ({}) as never };
    open({ source, readyTimeout: 10 });
    expect((await call('GET')).status).toBe(503);
    expect((await call('POST', { overrides: {} })).status).toBe(503);
  });

  it('says that the backend evaluates, and so knows alone', async () => {
    open({ source: posthogRemote({ projectKey: 'phc_project' }) });
    const { status, body } = await call('GET');
    expect(status).toBe(501);
    expect(body.error).toMatch(/posthog evaluates elsewhere/);
  });
});

it('lets Next have its own signals', async () => {
  const signal = Object.assign(new Error('redirect'), { digest: 'NEXT_REDIRECT;push;/login;307;' });
  open({
    overrides: {
      secret: SECRET,
      authorize: () => {
        throw signal;
      },
    },
  });
  await expect(call('GET')).rejects.toBe(signal);
});
