import { NextRequest, NextResponse } from 'next/server.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';
import type { PrecomputeOptions } from './page.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('next/cache.js', async () => (await import('../fixtures/fake-next.ts')).nextCache);
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const SECRET = 'a secret of thirty-two characters';
const DEFAULTS = { sale: false, color: 'gray' };
const logger = { warn: vi.fn() };

const sale = (visitor: string | undefined) => visitor === 'ann';
const color = (visitor: string | undefined) =>
  ({ ann: 'red', bob: 'blue', odd: 'green' })[visitor ?? ''];

function open(options: Partial<CreateFlagsOptions> = {}): Flags {
  const outcomes = { sale: [true, false], color: ['red', 'blue', undefined] };
  const id = expect.getState().currentTestName;
  return createFlags({
    source: tableSource({ sale, color }, id, outcomes),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value }),
    client: { flags: 'all' },
    logger,
    ...options,
  });
}
const pageOf = (flags: Flags, options: Partial<PrecomputeOptions> = {}) =>
  flags.precompute(DEFAULTS, { secret: SECRET, ...options });

const asked = (path: string) => new NextRequest(`http://shop.test${path}`);
const visitor = (uid: string) => fakeRequest({ cookies: { uid } });
const shownAt = (response: Response) =>
  new URL(response.headers.get('x-middleware-rewrite') ?? 'http://none').pathname;

let flags: Flags;
beforeEach(() => {
  fakes.created.length = 0;
  logger.warn.mockReset();
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  flags = open();
});
afterEach(() => {
  fakes.startup = 'ready';
});

describe('the code of a visitor', () => {
  it.each([
    ['ann', { sale: true, color: 'red' }],
    ['bob', { sale: false, color: 'blue' }],
    ['cy', { sale: false, color: 'gray' }],
  ])('says what they get: %s', async (uid, values) => {
    const page = pageOf(flags);
    const code = await within(visitor(uid), () => page.code());
    expect(await page.read(code)).toEqual({ values, isStale: false });
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('is that of everybody who gets the same', async () => {
    const page = pageOf(flags);
    const codeFor = (uid: string) => within(visitor(uid), () => page.code());
    expect(await codeFor('cy')).toBe(await codeFor('dan'));
    expect(await codeFor('cy')).not.toBe(await codeFor('ann'));
  });

  it('counts nothing', async () => {
    const request = visitor('ann');
    await within(request, () => pageOf(flags).code());
    await endOf(request);
    expect(fakes.created[0]?.exposed).toEqual([]);
  });

  it('leaves to the default what comes out as something unlisted, and says so', async () => {
    const page = pageOf(flags);
    const code = await within(visitor('odd'), () => page.code());
    expect((await page.read(code)).values).toEqual(DEFAULTS);
    expect(logger.warn.mock.calls.join()).toContain('"color" came out as something');
  });

  it.each<[what: string, options: Partial<CreateFlagsOptions>]>([
    ['the visitor is not known', { identify: () => Promise.reject(new Error('no session')) }],
    ['the context is none', { identify: () => 'ann' as never }],
  ])('is that of the defaults where %s', async (_what, options) => {
    const page = pageOf(open(options));
    const code = await within(visitor('ann'), () => page.code());
    expect(await page.read(code)).toEqual({ values: DEFAULTS, isStale: false });
  });

  it('is that of the defaults where there are no definitions, and can be read by all', async () => {
    const known = pageOf(flags);
    fakes.startup = 'await';
    const unknown = pageOf(open({ readyTimeout: 0, source: tableSource({}, 'no definitions') }));
    const code = await within(visitor('ann'), () => unknown.code());
    expect(await known.read(code)).toEqual({ values: DEFAULTS, isStale: false });
    expect(await unknown.read(code)).toEqual({ values: DEFAULTS, isStale: false });
  });

  it("lets Next's own signals through", async () => {
    const signal = Object.assign(new Error(), { digest: 'NEXT_REDIRECT;replace;/login;307;' });
    const page = pageOf(open({ identify: () => Promise.reject(signal) }));
    await expect(within(visitor('ann'), () => page.code())).rejects.toBe(signal);
  });
});

describe('the page that a visitor is shown', () => {
  const shown = (page: ReturnType<typeof pageOf>, request: FakeRequest, path: string) =>
    within(request, () => page.rewrite(asked(path)));

  it('is the one of their code, at the path asked for', async () => {
    const page = pageOf(flags);
    const code = await within(visitor('ann'), () => page.code());
    const response = await shown(page, visitor('ann'), '/pricing');
    expect(shownAt(response)).toBe(`/v/${code}/pricing`);
  });

  it('is kept by no cache but the browser: the same address shows others something else', async () => {
    const response = await shown(pageOf(flags), visitor('ann'), '/pricing');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
  });

  it("keeps what flags.proxy() says, such as a new visitor's id", async () => {
    const request = asked('/pricing');
    const response = await within(visitor('ann'), async () =>
      pageOf(flags).rewrite(request, await flags.proxy()(request)),
    );
    const id = response.cookies.get('halyard-visitor')?.value;
    expect(id).toMatch(/^[\w-]{36}$/);
    expect(response.headers.get('x-middleware-request-cookie')).toBe(`halyard-visitor=${id}`);
    expect(shownAt(response)).toMatch(/^\/v\/[\w-]+\/pricing$/);
  });

  it.each(['re-evaluate', 'not-found'] as const)(
    "is never somebody else's, though they ask for it (%s)",
    async (onMismatch) => {
      const page = pageOf(flags, { onMismatch });
      const foreign = await within(visitor('ann'), () => page.code());
      const own = await within(visitor('bob'), () => page.code());
      const path = `/v/${foreign}/pricing`;
      expect(page.pathOf(asked(path))).toBe('/pricing');
      expect(shownAt(await shown(page, visitor('bob'), path))).toBe(`/v/${own}/pricing`);
    },
  );

  it('takes the place of one whose code is none, where that is re-evaluated', async () => {
    const page = pageOf(flags);
    const own = await within(visitor('bob'), () => page.code());
    const response = await shown(page, visitor('bob'), '/v/made-up/pricing');
    expect(shownAt(response)).toBe(`/v/${own}/pricing`);
  });

  it('does not exist for a code that is none, where that is not found', async () => {
    const page = pageOf(flags, { onMismatch: 'not-found' });
    const code = await within(visitor('bob'), () => page.code());
    const changed = code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const given of ['made-up', changed, '']) {
      const response = await shown(page, visitor('bob'), `/v/${given}/pricing`);
      expect(shownAt(response)).toBe('/_not-found');
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('travels as the transport given has it', async () => {
    const transport = {
      receive: () => ({ pathname: '/pricing' }),
      send: (_request: NextRequest, code: string) =>
        NextResponse.next({ headers: { 'x-variant': code } }),
      params: (code: string) => ({ variant: code }),
    };
    const page = pageOf(flags, { transport });
    const code = await within(visitor('ann'), () => page.code());
    const response = await shown(page, visitor('ann'), '/pricing');
    expect(response.headers.get('x-variant')).toBe(code);
    expect(await page.generateStaticParams()).toContainEqual({ variant: code });
  });
});
