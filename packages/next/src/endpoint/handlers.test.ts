import type { FlagsBootstrap } from '@halyard/core';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const ENDPOINT = 'http://shop.test/api/flags';
const logger = { warn: vi.fn() };
let flags: Flags;

function makeFlags(options: Partial<CreateFlagsOptions> = {}): Flags {
  return createFlags({
    source: tableSource(
      { color: 'blue', me: (key: string) => key, secret: 's3cret', off: undefined },
      `${expect.getState().currentTestName}`,
    ),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value ?? 'nobody' }),
    client: { flags: ['color', 'me', 'off'] },
    logger,
    ...options,
  });
}

function get(headers: Record<string, string> = {}, uid = 'u1'): Promise<Response> {
  return within(fakeRequest({ cookies: { uid } }), () =>
    flags.handlers.GET(new Request(ENDPOINT, { headers })),
  );
}

async function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = fakeRequest({ cookies: { uid: 'u1' } });
  const response = await within(request, () =>
    flags.handlers.POST(
      new Request(ENDPOINT, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
    ),
  );
  await endOf(request);
  return response;
}

const keysBody = (...keys: string[]) => JSON.stringify({ keys });
const exposed = () => fakes.created[0]?.exposed ?? [];

beforeEach(() => {
  fakes.created.length = 0;
  fakes.startup = 'ready';
  logger.warn.mockReset();
  processSlot().warned.clear();
  flags = makeFlags();
});

describe('GET', () => {
  it("answers this visitor's allowed values, and nothing else", async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      version: 'v1',
      visitor: expect.stringMatching(/^[0-9a-z]{1,7}$/),
      outcomes: [
        ['color', 'blue', 3, 'blue'],
        ['me', 'u1', 3, 'u1'],
      ],
    });
  });

  it('may be kept by the browser alone, and only to ask again', async () => {
    const { headers } = await get();
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toBe('Cookie');
    expect(headers.get('etag')).toMatch(/^W\/"[0-9a-f]{16}"$/);
  });

  it('tells visitors apart by a mark that says nothing of who they are', async () => {
    const markOf = async (visitor: string) => (await (await get({}, visitor)).json()).visitor;
    const marks = [await markOf('u1'), await markOf('u1'), await markOf('u2')];
    expect(marks[0]).toBe(marks[1]);
    expect(marks[0]).not.toBe(marks[2]);
    expect(marks.join()).not.toContain('u1');
  });

  it('tags equal maps equally and different maps differently', async () => {
    const [first, again, other] = await Promise.all([get(), get(), get({}, 'u2')]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(other.headers.get('etag')).not.toBe(first.headers.get('etag'));
  });

  it('answers 304 without a body to whoever has the map', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    for (const ifNoneMatch of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const response = await get({ 'if-none-match': ifNoneMatch });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
      expect(response.headers.get('etag')).toBe(etag);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
    }
    expect((await get({ 'if-none-match': 'W/"0000000000000000"' })).status).toBe(200);
    expect((await get({ 'if-none-match': etag }, 'u2')).status).toBe(200);
  });

  it('exposes nothing', async () => {
    const request = fakeRequest();
    await within(request, () => flags.handlers.GET(new Request(ENDPOINT)));
    await endOf(request);
    expect(exposed()).toEqual([]);
  });

  it('answers no defaults when the visitor is not known, and keeps the cause to itself', async () => {
    flags = makeFlags({
      identify: () => {
        throw new Error('postgres://user:password@db');
      },
    });
    const response = await get();
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('{"error":"the visitor could not be identified"}');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('answers no defaults before there are definitions', async () => {
    fakes.startup = 'await';
    flags = makeFlags({ readyTimeout: 0 });
    const response = await get();
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: expect.stringContaining('no flag definitions'),
    });
  });

  it('answers no defaults in a request that began before there were definitions', async () => {
    fakes.startup = 'await';
    flags = makeFlags({ readyTimeout: 0 });
    const response = await within(fakeRequest(), async () => {
      await flags.get('color', 'red');
      fakes.created[0]?.becomeReady();
      return flags.handlers.GET(new Request(ENDPOINT));
    });
    expect(response.status).toBe(503);
  });

  it('answers 500 rather than throw', async () => {
    const { client } = flags;
    const snapshot = client.snapshot();
    vi.spyOn(client, 'snapshot').mockReturnValue({
      ...snapshot,
      resolve: () => {
        throw new Error('broken');
      },
    });
    const response = await get();
    expect(response.status).toBe(500);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('broken'));
  });
});

describe('POST', () => {
  it('counts the named flags for this visitor, as seen in the browser', async () => {
    const response = await post(keysBody('color', 'me'));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(exposed()).toEqual([{ keys: ['color', 'me'], origin: 'client', targetingKey: 'u1' }]);
  });

  it('ignores flags that the browser may not know', async () => {
    expect((await post(keysBody('secret', 'color', '__proto__'))).status).toBe(204);
    expect(exposed().map(({ keys }) => keys)).toEqual([['color']]);
  });

  it('takes every flag when all may be known', async () => {
    flags = makeFlags({ client: { flags: 'all' } });
    await post(keysBody('secret', 'color'));
    expect(exposed().map(({ keys }) => keys)).toEqual([['secret', 'color']]);
  });

  it('takes no values and no identity from the browser', async () => {
    await post(JSON.stringify({ keys: ['me'], values: { me: 'u9' }, targetingKey: 'u9' }));
    expect(exposed()).toEqual([{ keys: ['me'], origin: 'client', targetingKey: 'u1' }]);
  });

  it('refuses other sites', async () => {
    const response = await post(keysBody('color'), { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: expect.stringContaining('cross-site') });
    expect(exposed()).toEqual([]);
  });

  it('says what is wrong with a body', async () => {
    const response = await post('{"key":"color"}');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'the body must be {"keys": ["flag-key", …]}' });
  });

  it('does not pretend to have counted for a visitor it does not know', async () => {
    flags = makeFlags({ identify: () => Promise.reject(new Error('down')) });
    expect((await post(keysBody('color'))).status).toBe(503);
  });

  it('never throws, and never exposes what is not allowed, whatever it is sent', async () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.string()).map((k) => keysBody(...k)),
    );
    const headers = fc.dictionary(
      fc.constantFrom('content-type', 'sec-fetch-site', 'origin', 'host', 'content-length'),
      fc.constantFrom(
        'application/json',
        'same-origin',
        'http://shop.test',
        'shop.test',
        '-1',
        '{',
      ),
    );
    await fc.assert(
      fc.asyncProperty(bodies, headers, async (body, sent) => {
        const { status } = await post(body, sent);
        expect([204, 400, 403, 413, 415]).toContain(status);
      }),
      { seed: 20_261_121, numRuns: process.env.HALYARD_SOAK === '1' ? 10_000 : 200 },
    );
    const keys = exposed().flatMap((recorded) => recorded.keys);
    expect(keys.filter((key) => !['color', 'me', 'off'].includes(key))).toEqual([]);
  });
});

describe('what reaches the browser', () => {
  const hydrated = () => within(fakeRequest({ cookies: { uid: 'u1' } }), () => flags.hydrate());

  it('is nothing unless allowed', async () => {
    flags = makeFlags({ client: undefined });
    expect(await hydrated()).toEqual({ version: 'v1', outcomes: [], visitor: expect.any(String) });
    expect(logger.warn.mock.calls.flat()).toEqual([
      expect.stringContaining('createFlags({ client: { flags: […] } })'),
    ]);
  });

  it('is the allowed flags, by key', async () => {
    expect(Object.keys(valuesIn(await hydrated()))).toEqual(['color', 'me']);
  });

  it('is everything that has a value when all are allowed', async () => {
    flags = makeFlags({ client: { flags: 'all' } });
    expect(Object.keys(valuesIn(await hydrated()))).toEqual(['color', 'me', 'secret']);
  });

  it('is what the backend selects, whether all flags are allowed or these', async () => {
    const source = tableSource({ color: 'blue', me: (key: string) => key }, 'loud');
    const loud = {
      ...source,
      select: ({ value }: { value?: unknown }) => `${value}!`,
    } as typeof source;
    for (const allowed of ['all', ['color', 'me']] as const) {
      flags = makeFlags({ source: loud, client: { flags: allowed } });
      expect(valuesIn(await hydrated())).toEqual({ color: 'blue!', me: 'u1!' });
    }
  });

  it('leaves out unknown keys, with one warning each', async () => {
    flags = makeFlags({ client: { flags: ['color', 'colour', '__proto__'] } });
    const maps: FlagsBootstrap[] = [await hydrated(), await hydrated()];
    for (const map of maps) expect(valuesIn(map)).toEqual({ color: 'blue' });
    expect(logger.warn.mock.calls.flat()).toEqual([
      expect.stringContaining('client.flags names "colour"'),
      expect.stringContaining('client.flags names "__proto__"'),
    ]);
  });

  it('is the same map as the endpoint answers', async () => {
    expect(await (await get()).json()).toEqual(await hydrated());
  });
});
