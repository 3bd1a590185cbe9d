import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const COOKIE = 'halyard-visitor-context';
const VISITOR = 'visitor-a';

/** Flags that show the context they are decided for. */
const source = {
  ...tableSource({}),
  compile: () => ({
    source: 'mirror',
    version: 'v1',
    flagKeys: ['context'],
    diagnostics: [],
    resolve: (_key: string, { context }: { context: object }) => ({
      value: { ...context } as Record<string, string>,
      reason: 'STATIC' as const,
    }),
    resolveAll: () => [],
  }),
};

let flags: Flags;
let warnings: string[];
let identify: NonNullable<CreateFlagsOptions['identify']>;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  warnings = [];
  identify = ({ visitorId }) => ({ targetingKey: visitorId });
  flags = createFlags({
    source,
    identify: (request) => identify(request),
    client: {
      flags: ['context'],
      context: {
        attributes: { cartSize: 'number', plan: ['free', 'pro'] },
        secret: 'a secret of more than 32 characters',
      },
    },
    logger: { warn: (message) => warnings.push(message) },
  });
});
afterEach(async () => {
  await flags.client.close();
});

const browser = (cookies: Record<string, string> = {}) =>
  fakeRequest({ cookies: { 'halyard-visitor': VISITOR, ...cookies } });

const post = (request: FakeRequest, body: unknown, site = 'same-origin') =>
  within(request, () =>
    flags.handlers.POST(
      new Request('http://shop.test/api/flags', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': site },
        body: JSON.stringify(body),
      }),
    ),
  );

const contextOf = async (request: FakeRequest) =>
  (await within(request, () => flags.get('context', {}))) as Record<string, unknown>;

/** What the browser has after an answer, for its next request. */
const cookieOf = (request: FakeRequest) => request.cookies.get(COOKIE)?.value ?? '';

describe('a page that sets its context', () => {
  it('is answered with the values for it', async () => {
    const response = await post(browser(), { context: { cartSize: 3 } });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(valuesIn(await response.json())).toEqual({
      context: { cartSize: 3, targetingKey: VISITOR },
    });
  });

  it('has them in the next request, too, and the very same map', async () => {
    const request = browser();
    const answered = await (await post(request, { context: { cartSize: 3 } })).json();
    const next = browser({ [COOKIE]: cookieOf(request) });
    expect(await within(next, () => flags.hydrate())).toEqual(answered);
    expect(await contextOf(next)).toEqual({ cartSize: 3, targetingKey: VISITOR });
  });

  it('sets all of it anew', async () => {
    const first = browser();
    await post(first, { context: { cartSize: 3, plan: 'pro' } });
    const second = browser({ [COOKIE]: cookieOf(first) });
    await post(second, { context: { cartSize: 4 } });
    expect(await contextOf(browser({ [COOKIE]: cookieOf(second) }))).toEqual({
      cartSize: 4,
      targetingKey: VISITOR,
    });
  });

  it('ends it with nothing', async () => {
    const first = browser();
    await post(first, { context: { cartSize: 3 } });
    const second = browser({ [COOKIE]: cookieOf(first) });
    const response = await post(second, { context: {} });
    expect(valuesIn(await response.json())).toEqual({ context: { targetingKey: VISITOR } });
    expect(second.cookies.get(COOKIE)).toBeUndefined();
  });

  it('has it in a cookie that no script reads, for a day', async () => {
    const request = browser();
    await post(request, { context: { cartSize: 3 } });
    expect(request.cookies.attributes.get(COOKIE)).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: 86_400,
    });
  });

  it('loses it when somebody signs out', async () => {
    const request = browser();
    await post(request, { context: { cartSize: 3 } });
    await within(request, () => flags.signOut());
    expect(await contextOf(request)).toEqual({ targetingKey: VISITOR });
  });
});

describe('what the server says of the visitor', () => {
  it('stands, whatever the page sets', async () => {
    identify = ({ visitorId }) => ({ targetingKey: visitorId, plan: 'free' });
    const response = await post(browser(), { context: { plan: 'pro', cartSize: 1 } });
    expect(valuesIn(await response.json()).context).toEqual({
      plan: 'free',
      cartSize: 1,
      targetingKey: VISITOR,
    });
  });

  it('stands also where it says that there is nothing to say', async () => {
    identify = ({ visitorId }) => ({ targetingKey: visitorId, plan: undefined });
    const response = await post(browser(), { context: { plan: 'pro' } });
    expect(valuesIn(await response.json()).context).toEqual({ targetingKey: VISITOR });
  });

  it('may put what the page set where the backend looks for it', async () => {
    identify = ({ visitorId, clientContext }) => ({
      targetingKey: visitorId,
      custom_properties: clientContext,
    });
    const response = await post(browser(), { context: { cartSize: 3 } });
    expect(valuesIn(await response.json()).context).toMatchObject({
      custom_properties: { cartSize: 3 },
    });
  });
});

describe('what is refused', () => {
  it.each([
    [{ context: { targetingKey: 'ann' } }, 400, 'targetingKey'],
    [{ context: { plan: 'admin' } }, 400, 'plan'],
    [{ context: null }, 400, 'must be an object'],
    [{ context: { cartSize: 3, isStaff: true } }, 400, 'isStaff'],
  ])('%j changes nothing', async (body, status, expected) => {
    const first = browser();
    await post(first, { context: { cartSize: 1 } });
    const request = browser({ [COOKIE]: cookieOf(first) });
    const response = await post(request, body);
    expect(response.status).toBe(status);
    expect((await response.json()).error).toContain(expected);
    expect(request.cookies.attributes.size).toBe(0);
    expect(await contextOf(request)).toMatchObject({ cartSize: 1 });
  });

  it.each(['cross-site', 'same-site', 'none'])('a request from elsewhere: %s', async (site) => {
    const request = browser();
    expect((await post(request, { context: { cartSize: 3 } }, site)).status).toBe(403);
    expect(request.cookies.get(COOKIE)).toBeUndefined();
  });

  it('a cookie of one’s own making', async () => {
    const payload = Buffer.from(JSON.stringify([9_999_999_999, { cartSize: 3 }]));
    const forged = `${payload.toString('base64url')}.${'A'.repeat(43)}`;
    expect(await contextOf(browser({ [COOKIE]: forged }))).toEqual({ targetingKey: VISITOR });
  });

  it('everything, where the application takes none', async () => {
    const none = createFlags({ source, client: { flags: ['context'] } });
    const response = await within(browser(), () =>
      none.handlers.POST(
        new Request('http://shop.test/api/flags', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
          body: '{"context":{"cartSize":3}}',
        }),
      ),
    );
    expect(response.status).toBe(400);
    expect((await response.json()).error).toContain('client.context');
  });
});

it('a context whose values cannot be told is not set', async () => {
  const first = browser();
  await post(first, { context: { cartSize: 1 } });
  const request = browser({ [COOKIE]: cookieOf(first) });
  identify = () => {
    throw new Error('the session store is down');
  };
  expect((await post(request, { context: { cartSize: 2 } })).status).toBe(503);
  expect(cookieOf(request)).toBe(cookieOf(first));
  const fresh = browser();
  expect((await post(fresh, { context: { cartSize: 2 } })).status).toBe(503);
  expect(fresh.cookies.get(COOKIE)).toBeUndefined();
});
