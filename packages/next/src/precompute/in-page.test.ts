import { decodeBootstrap } from '@halyard/core';
import { notFound } from 'next/navigation.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, keptFor, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';
import { EMPTY_BOOTSTRAP } from '../request/bootstrap.ts';
import type { PrecomputeOptions } from './page.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('next/cache.js', async () => (await import('../fixtures/fake-next.ts')).nextCache);
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const SECRET = 'a secret of thirty-two characters';
const DEFAULTS = { sale: false, color: 'gray', limits: { items: 0 } };
const OUTCOMES = {
  sale: [true, false],
  color: ['red', 'blue'],
  limits: [{ items: 5 }, undefined],
};
const logger = { warn: vi.fn() };

function open(options: Partial<CreateFlagsOptions> = {}): Flags {
  const table = { sale: true, color: 'red', limits: { items: 5 } };
  const source = tableSource(table, expect.getState().currentTestName, OUTCOMES);
  return createFlags({ source, client: { flags: 'all' }, logger, ...options });
}
const pageOf = (flags: Flags, options: Partial<PrecomputeOptions> = {}) =>
  flags.precompute(DEFAULTS, { secret: SECRET, ...options });
const codeOf = (page: { code(): Promise<string> }) => within(fakeRequest(), () => page.code());

beforeEach(() => {
  fakes.created.length = 0;
  keptFor.length = 0;
  logger.warn.mockReset();
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
});
afterEach(() => {
  fakes.startup = 'ready';
});

describe('a code that is read in the page', () => {
  it('gives the values, with nothing of a request, and for as long as Next likes', async () => {
    const page = pageOf(open());
    const code = await codeOf(page);
    expect(await page.read(code)).toEqual({
      values: { sale: true, color: 'red', limits: { items: 5 } },
      isStale: false,
    });
    expect(keptFor).toEqual([]);
  });

  it('gives the browser the same values, as ones that were kept, and whose they are not', async () => {
    const page = pageOf(open());
    const bootstrap = await page.hydrate(await codeOf(page));
    const inBrowser = decodeBootstrap(JSON.parse(JSON.stringify(bootstrap)));
    expect(Object.fromEntries(inBrowser)).toMatchObject({
      sale: { value: true, reason: 'CACHED', variant: 'true' },
      color: { value: 'red', reason: 'CACHED', variant: 'red' },
      limits: { value: { items: 5 }, reason: 'CACHED' },
    });
    expect(bootstrap).not.toHaveProperty('visitor');
    expect(bootstrap.version).not.toBe('');
  });

  it('gives the browser no flag that may not get there, and says who then counts it', async () => {
    const page = pageOf(open({ client: { flags: ['color', 'other'] } }));
    expect(valuesIn(await page.hydrate(await codeOf(page)))).toEqual({ color: 'red' });
    const warnings = logger.warn.mock.calls.join();
    expect(warnings).toContain('"sale" may not reach the browser');
    expect(warnings).not.toContain('"color" may not');
  });

  it('leaves a flag without a value to the default, on both sides', async () => {
    const page = pageOf(open());
    const all = await page.combinations();
    const without = all.find(({ values }) => values.limits.items === 0);
    expect(without).toBeDefined();
    expect(valuesIn(await page.hydrate(without?.code ?? ''))).not.toHaveProperty('limits');
  });

  it('leaves a flag that its backend fails to read to the default, and its neighbours alone', async () => {
    const source = tableSource({ sale: true, color: 'red' }, 'broken select', OUTCOMES);
    const page = pageOf(
      open({
        source: {
          ...source,
          select(resolution, type) {
            if (resolution.value === true) throw new Error('cannot read');
            return source.select(resolution, type);
          },
        },
      }),
    );
    const code = await codeOf(page);
    expect((await page.read(code)).values).toEqual({ ...DEFAULTS, color: 'red' });
    expect(valuesIn(await page.hydrate(code))).toEqual({ color: 'red' });
  });

  it('counts nothing, at build or later', async () => {
    const page = pageOf(open());
    const code = await codeOf(page);
    await page.read(code);
    await page.hydrate(code);
    await page.combinations();
    expect(fakes.created[0]?.exposed).toEqual([]);
  });
});

describe('a code that says nothing', () => {
  it.each(['made-up', '', 'x'.repeat(10_000)])(
    'gives the defaults, and no map that a browser would keep: %s',
    async (code) => {
      const page = pageOf(open());
      expect(await page.read(code)).toEqual({ values: DEFAULTS, isStale: true });
      expect(await page.hydrate(code)).toBe(EMPTY_BOOTSTRAP);
    },
  );

  it('gives a page that Next keeps for a second only, since the code may be newer', async () => {
    await pageOf(open()).read('made-up');
    await pageOf(open()).hydrate('made-up');
    expect(keptFor).toEqual([1, 1]);
  });

  it('is a page that does not exist, for a second, where that is asked for', async () => {
    const page = pageOf(open(), { onMismatch: 'not-found' });
    const digest = await page.read('made-up').catch((error) => error.digest);
    const expected = await Promise.resolve()
      .then(() => notFound())
      .catch((error) => error.digest);
    expect(digest).toBe(expected);
    await expect(page.hydrate('made-up')).rejects.toMatchObject({ digest: expected });
    expect(keptFor).toEqual([1, 1]);
  });

  it('leaves no unhandled rejection behind when nobody waits for its map', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    void pageOf(open(), { onMismatch: 'not-found' }).hydrate('made-up');
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('what a build makes', () => {
  it('is a page for every combination, each with the values that its code gives', async () => {
    const page = pageOf(open());
    const all = await page.combinations();
    expect(all).toHaveLength(8);
    expect(new Set(all.map(({ values }) => JSON.stringify(values))).size).toBe(8);
    for (const { code, values } of all) {
      expect(await page.read(code)).toEqual({ values, isStale: false });
    }
    expect(all.map(({ code }) => code)).toContain(await codeOf(page));
    expect(await page.generateStaticParams()).toEqual(all.map(({ code }) => ({ code })));
  });

  it('is nothing but an error when that is too many', async () => {
    const page = pageOf(open(), { maxCombinations: 7 });
    await expect(page.combinations()).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(/8 pages.* more than the 7 that maxCombinations allows/),
    });
    await expect(page.generateStaticParams()).rejects.toThrow('maxCombinations');
  });

  it('does not hold up visitors when it becomes too many later, which a warning says', async () => {
    const page = pageOf(open(), { maxCombinations: 7 });
    expect((await page.read(await codeOf(page))).isStale).toBe(false);
    expect(logger.warn.mock.calls.join()).toContain('more than the 7 that maxCombinations allows');
  });

  it('is nothing but an error when a flag cannot be listed', async () => {
    const table = { sale: true, color: 'red', limits: {} };
    const source = tableSource(table, 'unlisted', { sale: [true] });
    await expect(pageOf(open({ source })).combinations()).rejects.toThrow(
      'what "color" can come out as cannot be listed',
    );
  });

  it('has the default of a flag that the definitions do not have, and a warning', async () => {
    const source = tableSource({ sale: true }, 'missing', { sale: [true, false] });
    const all = await pageOf(open({ source })).combinations();
    expect(all.map(({ values }) => values)).toEqual([
      { ...DEFAULTS, sale: false },
      { ...DEFAULTS, sale: true },
    ]);
    expect(logger.warn.mock.calls.join()).toContain('the definitions have no flag "color"');
  });

  it('is nothing, with a warning, while there are no definitions', async () => {
    fakes.startup = 'await';
    const page = pageOf(open({ readyTimeout: 0 }));
    expect(await page.combinations()).toEqual([]);
    expect(await page.generateStaticParams()).toEqual([]);
    expect(logger.warn.mock.calls.join()).toContain('there are no flag definitions');
  });
});
