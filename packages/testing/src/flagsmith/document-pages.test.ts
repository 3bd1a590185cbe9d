import { describe, expect, it } from 'vitest';
import type { FlagsmithEmulator } from '../index.ts';
import { ask, emulators, shop } from './fixtures/shop.ts';

const start = emulators();

interface Page {
  readonly name: string;
  readonly identity_overrides: readonly { readonly identifier: string }[];
}

/** Follows the links to the last page, as a client does: decoded, and resolved against the API. */
async function walk(emulator: FlagsmithEmulator) {
  const pages: Page[] = [];
  const links: string[] = [];
  let next: string | undefined = 'environment-document/';
  while (next !== undefined) {
    const response: Response = await ask(emulator, next);
    pages.push((await response.json()) as Page);
    const [, target]: readonly string[] =
      /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    if (target !== undefined) links.push(target);
    next = target === undefined ? undefined : decodeURIComponent(target);
  }
  return { pages, links };
}

const identifiers = ({ identity_overrides }: Page) =>
  identity_overrides.map(({ identifier }) => identifier);

describe('the environment document', () => {
  it('is the one that was given', async () => {
    const document = shop({ overrides: 3 });
    const response = await ask(await start({ document }), 'environment-document/');
    expect(response.status).toBe(200);
    expect(response.headers.get('link')).toBeNull();
    expect(await response.json()).toEqual(document);
  });

  it('says when it was changed, as a date and in seconds', async () => {
    const { headers } = await ask(await start(), 'environment-document/');
    expect(headers.get('last-modified')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    expect(headers.get('x-flagsmith-document-updated-at')).toBe('1767225600.25');
  });

  it('takes a time without a zone for UTC', async () => {
    const emulator = await start({ document: shop({ updatedAt: '2026-01-01T00:00:00' }) });
    const { headers } = await ask(emulator, 'environment-document/');
    expect(headers.get('x-flagsmith-document-updated-at')).toBe('1767225600');
  });

  it('is dated when it has no date', async () => {
    const { updated_at: _, ...document } = shop();
    const emulator = await start({ document });
    expect(await (await ask(emulator, 'environment-document/')).json()).toEqual({
      ...document,
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it('is refused when its date is none', async () => {
    await expect(start({ document: shop({ updatedAt: 'yesterday' }) })).rejects.toThrow(
      '[halyard] [flagsmith emulator] updated_at is "yesterday".',
    );
  });

  it('is not changed by changing the object it came from', async () => {
    const document = shop();
    const emulator = await start({ document });
    document.feature_states.length = 0;
    expect(emulator.document.feature_states).toHaveLength(2);
  });

  it('is compressed for who accepts that', async () => {
    const emulator = await start({ encoding: 'gzip' });
    const encodingFor = async (accepted: string) => {
      const headers = { 'Accept-Encoding': accepted };
      const response = await ask(emulator, 'environment-document/', { headers });
      expect(await response.json()).toEqual(shop());
      return response.headers.get('content-encoding');
    };
    expect(await encodingFor('gzip, br')).toBe('gzip');
    expect(await encodingFor('identity')).toBeNull();
  });
});

describe('pages of identity overrides', () => {
  it('follow each other, each with its own overrides', async () => {
    const emulator = await start({ document: shop({ overrides: 5 }), overridesPerPage: 2 });
    const { pages, links } = await walk(emulator);
    expect(pages.map(identifiers)).toEqual([
      ['user-0', 'user-1'],
      ['user-2', 'user-3'],
      ['user-4'],
    ]);
    expect(pages.map(({ name }) => name)).toEqual(['Shop', 'Shop', 'Shop']);
    expect(links[0]).toBe('/api/v1/environment-document/?page_id=identity_override%3A1%3A2');
  });

  it('may be named by whole addresses', async () => {
    const emulator = await start({
      document: shop({ overrides: 3 }),
      overridesPerPage: 1,
      nextLink: 'absolute',
    });
    const { pages, links } = await walk(emulator);
    expect(pages).toHaveLength(3);
    expect(links.every((link) => link.startsWith(`${emulator.apiUrl}environment-document/?`))).toBe(
      true,
    );
  });

  it.each([0, 2])('end without an empty page (%i overrides, 2 on a page)', async (overrides) => {
    const emulator = await start({ document: shop({ overrides }), overridesPerPage: 2 });
    expect((await walk(emulator)).pages).toHaveLength(1);
  });

  it.each([0, -1, Number.NaN])('cannot hold %d overrides', async (overridesPerPage) => {
    await expect(start({ overridesPerPage })).rejects.toMatchObject({
      name: 'HalyardError',
      code: 'INVALID_OPTION',
    });
  });

  it('are refused when nobody named them', async () => {
    const response = await ask(await start(), 'environment-document/?page_id=2');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: 'Invalid page_id.' });
  });
});

describe('conditional requests', () => {
  const status = async (emulator: FlagsmithEmulator, since: string) =>
    (await ask(emulator, 'environment-document/', { headers: { 'If-Modified-Since': since } }))
      .status;

  it.each([
    ['Wed, 31 Dec 2025 23:59:59 GMT', 200],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 304],
    ['Fri, 02 Jan 2026 00:00:00 GMT', 304],
    ['the day before', 200],
  ])('since %s are answered %i', async (since, expected) => {
    expect(await status(await start(), since)).toBe(expected);
  });

  it('see every publication, even within a second', async () => {
    const emulator = await start();
    for (const round of [1, 2, 3]) {
      const { headers } = await ask(emulator, 'environment-document/');
      const since = String(headers.get('last-modified'));
      expect(await status(emulator, since), `round ${round}`).toBe(304);
      emulator.publish(shop());
      expect(await status(emulator, since), `round ${round}`).toBe(200);
    }
  });

  it('can be turned off', async () => {
    const emulator = await start({ conditional: false });
    const { headers } = await ask(emulator, 'environment-document/');
    expect(headers.get('last-modified')).toBeNull();
    expect(await status(emulator, 'Fri, 02 Jan 2026 00:00:00 GMT')).toBe(200);
  });
});
