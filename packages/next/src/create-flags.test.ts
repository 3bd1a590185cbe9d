import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from './create-flags.ts';
import { fakeRequest, within } from './fixtures/fake-next.ts';
import { fakes } from './fixtures/fake-server.ts';
import { tableSource } from './fixtures/table-source.ts';
import type { CreateFlagsOptions } from './flags.ts';

vi.mock('next/headers.js', async () => (await import('./fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('./fixtures/fake-server.ts'));

const logger = { warn: vi.fn() };

function shopFlags(options: Partial<CreateFlagsOptions> = {}) {
  return createFlags({
    source: tableSource(
      {
        checkout: (visitor: string) => visitor === 'visitor-a',
        color: 'blue',
        limit: 5,
        layout: { columns: 3 },
        nothing: undefined,
      },
      expect.getState().currentTestName,
    ),
    logger,
    ...options,
  });
}

const visitor = (id: string) => fakeRequest({ cookies: { 'halyard-visitor': id } });

afterEach(() => {
  fakes.created.length = 0;
  logger.warn.mockReset();
});

describe('reading flags within a request', () => {
  it('gives every type of value', async () => {
    const flags = shopFlags();
    await within(visitor('visitor-a'), async () => {
      expect(await flags.get('checkout', false)).toBe(true);
      expect(await flags.get('color', 'red')).toBe('blue');
      expect(await flags.get('limit', 0)).toBe(5);
      expect(await flags.get('layout', { columns: 1 })).toEqual({ columns: 3 });
    });
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('identifies by the anonymous visitor id unless told otherwise', async () => {
    const flags = shopFlags();
    expect(await within(visitor('visitor-a'), () => flags.get('checkout', false))).toBe(true);
    expect(await within(visitor('visitor-b'), () => flags.get('checkout', true))).toBe(false);
    expect(await within(fakeRequest(), () => flags.get('checkout', true))).toBe(false);
  });

  it('identifies by what the application says', async () => {
    const flags = shopFlags({
      identify: ({ cookies, headers, visitorId }) => ({
        targetingKey: `${cookies.get('uid')?.value}/${headers.get('x-team')}/${visitorId}`,
      }),
    });
    const request = fakeRequest({
      cookies: { uid: 'u1', 'halyard-visitor': 'visitor-a' },
      headers: { 'x-team': 'red' },
    });
    await within(request, () => flags.get('color', ''));
    const snapshot = vi.spyOn(flags.client, 'snapshot');
    const other = fakeRequest({ cookies: { uid: 'u2' } });
    await within(other, () => flags.get('color', ''));
    expect(snapshot).toHaveBeenCalledWith({ targetingKey: 'u2/null/undefined' });
  });

  it('takes no visitor id that does not look like one', async () => {
    const identify = vi.fn(() => ({}));
    const flags = shopFlags({ identify });
    await within(visitor('<script>'), () => flags.get('color', ''));
    expect(identify).toHaveBeenCalledWith(expect.objectContaining({ visitorId: undefined }));
  });

  it('gives the details with variant and reason', async () => {
    const flags = shopFlags();
    expect(await within(visitor('visitor-a'), () => flags.details('color', 'red'))).toEqual({
      flagKey: 'color',
      value: 'blue',
      variant: 'blue',
      reason: 'TARGETING_MATCH',
      flagMetadata: {},
    });
  });

  it('gives the default with a code for an unknown flag and for a wrong type', async () => {
    const flags = shopFlags();
    await within(visitor('visitor-a'), async () => {
      expect(await flags.details('unknown', 'red')).toMatchObject({
        value: 'red',
        errorCode: 'FLAG_NOT_FOUND',
      });
      expect(await flags.details('limit', 'red')).toMatchObject({
        value: 'red',
        errorCode: 'TYPE_MISMATCH',
      });
    });
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('knows no flag named "%s"', async (key) => {
    const flags = shopFlags();
    expect(await within(visitor('visitor-a'), () => flags.get(key, 'default'))).toBe('default');
  });

  it('gives all flags', async () => {
    const flags = shopFlags();
    const all = await within(visitor('visitor-a'), () => flags.all());
    expect(all.get('color')).toMatchObject({ value: 'blue' });
    expect(all.size).toBe(5);
  });

  it('explains a flag', async () => {
    const flags = shopFlags();
    expect(await within(visitor('visitor-a'), () => flags.explain('color'))).toMatchObject({
      flagKey: 'color',
      resolution: { value: 'blue' },
      ageMs: 5,
    });
  });
});

describe('the client behind', () => {
  it('is not created before it is needed', async () => {
    const flags = shopFlags();
    expect(fakes.created).toEqual([]);
    await within(visitor('visitor-a'), () => flags.get('color', ''));
    expect(fakes.created).toHaveLength(1);
    expect(flags.client).toBe(fakes.created[0]);
  });

  it('answers for a given context outside of a request', () => {
    const { client } = shopFlags();
    expect(client.snapshot({ targetingKey: 'visitor-a' }).get('checkout', false)).toBe(true);
  });
});
