import { type MemorySink, memorySink } from '@halyard/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { Flags, SignInOptions } from '../flags.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));

const VISITOR = '0b6f2b0e-9a55-4a52-8b0e-3d4f9d6c1a11';

let sink: MemorySink;
let flags: Flags;
/** The browser's cookies, from one request to the next. */
let cookies: Record<string, string>;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  cookies = { 'halyard-visitor': VISITOR };
  sink = memorySink();
  flags = createFlags({
    source: tableSource({ bucket: (key: string) => key }),
    identify: ({ cookies: sent, bucketingKey }) => ({
      targetingKey: bucketingKey(sent.get('session')?.value),
    }),
    client: { flags: 'all' },
    exposures: { sink },
  });
});
afterEach(async () => {
  await flags.client.close();
});

/** One request of the browser, which keeps the cookies that it sets. */
async function visit<T>(run: (request: FakeRequest) => Promise<T>): Promise<T> {
  const request = fakeRequest({ cookies });
  const result = await within(request, () => run(request));
  cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  await endOf(request);
  return result;
}

const bucket = () => visit(() => flags.get('bucket', ''));

const signIn = (account: string, bucketing: SignInOptions['bucketing']) =>
  visit(async (request) => {
    request.cookies.set('session', account);
    return flags.signIn(account, { bucketing });
  });

const signOut = (visitor?: 'same' | 'new') =>
  visit(async (request) => {
    request.cookies.delete('session');
    await flags.signOut(visitor && { visitor });
  });

describe('signing in with the visitor’s bucketing', () => {
  it('changes no value, in the request that does it and in those after it', async () => {
    const before = await visit(() => flags.hydrate());
    await visit(async (request) => {
      expect(await flags.get('bucket', '')).toBe(VISITOR);
      request.cookies.set('session', 'ann');
      expect(await flags.signIn('ann', { bucketing: 'visitor' })).toBe(VISITOR);
      expect(await flags.get('bucket', '')).toBe(VISITOR);
    });
    // The whole map: what tells the browser that nobody else is here is the same, too.
    expect(await visit(() => flags.hydrate())).toEqual(before);
  });

  it('counts nobody twice', async () => {
    await bucket();
    await signIn('ann', 'visitor');
    await bucket();
    await signOut();
    await bucket();
    await flags.client.flush();
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual([VISITOR]);
  });

  it('stays the account’s when it comes back, also to a browser with a new visitor', async () => {
    await signIn('ann', 'visitor');
    await signOut('new');
    const stranger = await bucket();
    expect(stranger).not.toBe(VISITOR);
    expect(await signIn('ann', 'visitor')).toBe(VISITOR);
    expect(await bucket()).toBe(VISITOR);
  });

  it('makes no one subject of two people who share a browser', async () => {
    await signIn('ann', 'visitor');
    await signOut();
    expect(await signIn('bob', 'visitor')).toBe('bob');
    expect(await bucket()).toBe('bob');
    await signOut();
    await signIn('ann', 'visitor');
    expect(await bucket()).toBe(VISITOR);
  });

  it('goes by the account where there is no visitor', async () => {
    cookies = {};
    expect(await signIn('ann', 'visitor')).toBe('ann');
    expect(await bucket()).toBe('ann');
    expect(cookies).toEqual({ session: 'ann' });
  });
});

describe('signing in with the account’s bucketing', () => {
  it('changes to the account, from that request on', async () => {
    expect(await bucket()).toBe(VISITOR);
    await visit(async (request) => {
      expect(await flags.get('bucket', '')).toBe(VISITOR);
      request.cookies.set('session', 'ann');
      expect(await flags.signIn('ann', { bucketing: 'account' })).toBe('ann');
      expect(await flags.get('bucket', '')).toBe('ann');
    });
    expect(await bucket()).toBe('ann');
  });

  it('counts the account from then on, and the visitor again after signing out', async () => {
    await bucket();
    await signIn('ann', 'account');
    await bucket();
    await signOut();
    expect(await bucket()).toBe(VISITOR);
    await flags.client.flush();
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual([VISITOR, 'ann']);
  });

  it('takes back what the account has kept', async () => {
    await signIn('ann', 'visitor');
    await signIn('ann', 'account');
    expect(await bucket()).toBe('ann');
    expect(cookies).not.toHaveProperty('halyard-visitor-kept');
  });

  it('is what an account has that never called signIn', async () => {
    cookies.session = 'ann';
    expect(await bucket()).toBe('ann');
  });
});

describe('signing out', () => {
  it('leaves the visitor who was there before', async () => {
    await signIn('ann', 'visitor');
    await signOut();
    expect(cookies['halyard-visitor']).toBe(VISITOR);
    expect(await bucket()).toBe(VISITOR);
  });

  it('makes a new one on demand', async () => {
    await signIn('ann', 'account');
    await signOut('new');
    const { 'halyard-visitor': visitor } = cookies;
    expect(visitor).toMatch(/^[0-9a-f-]{36}$/);
    expect(visitor).not.toBe(VISITOR);
    expect(await bucket()).toBe(visitor);
  });
});

describe('the cookies', () => {
  it.each([
    ['https', true],
    ['http', false],
  ])(
    'over %s are out of reach of scripts, and last as long as the visitor’s',
    async (scheme, secure) => {
      const request = fakeRequest({ cookies, headers: { 'x-forwarded-proto': scheme } });
      await within(request, async () => {
        await flags.signIn('ann', { bucketing: 'visitor' });
        await flags.signOut({ visitor: 'new' });
      });
      const attributes = { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 31_536_000, secure };
      expect(request.cookies.attributes.get('halyard-visitor-kept')).toEqual(attributes);
      expect(request.cookies.attributes.get('halyard-visitor')).toEqual(attributes);
    },
  );

  it('follow the name of the visitor’s own', async () => {
    const own = createFlags({ source: tableSource({}, 'own name'), visitor: { cookie: 'uid' } });
    const request = fakeRequest({ cookies: { uid: VISITOR } });
    await within(request, () => own.signIn('ann', { bucketing: 'visitor' }));
    expect(request.cookies.get('uid-kept')?.value).toContain(VISITOR);
  });
});

it.each([
  ['', { bucketing: 'visitor' }, 'the id of the account'],
  [undefined, { bucketing: 'visitor' }, 'the id of the account'],
  [7, { bucketing: 'visitor' }, 'the id of the account'],
  ['ann', undefined, '`bucketing`'],
  ['ann', { bucketing: 'both' }, '`bucketing`'],
])('signIn(%j, %j) is refused and says what is missing', async (account, options, expected) => {
  const wrong = visit(() => flags.signIn(account as string, options as SignInOptions));
  await expect(wrong).rejects.toThrow(expected);
});

it('an id that an account has kept helps nobody who is not signed in', async () => {
  await signIn('ann', 'visitor');
  cookies = { 'halyard-visitor-kept': cookies['halyard-visitor-kept'] ?? '' };
  expect(await bucket()).toBe('');
});
