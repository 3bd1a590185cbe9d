import { describe, expect, it } from 'vitest';
import type { PosthogEmulator } from '../index.ts';
import { askDefinitions, emulators, shop } from './fixtures/shop.ts';

const start = emulators();

async function outcome(response: Response) {
  return [response.status, await response.text()];
}

const etagOf = async (emulator: PosthogEmulator) =>
  (await askDefinitions(emulator)).headers.get('etag') ?? '';

const status = async (emulator: PosthogEmulator, tag: string) =>
  (await askDefinitions(emulator, { 'If-None-Match': tag })).status;

describe('the definitions', () => {
  it('are the ones that were given', async () => {
    const response = await askDefinitions(await start());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual(shop());
  });

  it('are not changed by changing the object they came from', async () => {
    const definitions = shop();
    const emulator = await start({ definitions });
    definitions.flags.length = 0;
    expect(emulator.definitions.flags).toHaveLength(3);
  });

  it('are the ones that are published, or made of those before', async () => {
    const emulator = await start();
    emulator.publish({ flags: [{ key: 'a' }] });
    emulator.publish(({ flags }) => ({ flags: [...flags, { key: 'b' }] }));
    expect(await (await askDefinitions(emulator)).json()).toEqual({
      flags: [{ key: 'a' }, { key: 'b' }],
    });
  });

  it('are compressed for who accepts that', async () => {
    const emulator = await start({ encoding: 'gzip' });
    const encodingFor = async (accepted: string) => {
      const response = await askDefinitions(emulator, { 'Accept-Encoding': accepted });
      expect(await response.json()).toEqual(shop());
      return response.headers.get('content-encoding');
    };
    expect(await encodingFor('gzip, br')).toBe('gzip');
    expect(await encodingFor('identity')).toBeNull();
  });
});

describe('conditional requests', () => {
  it('are told a weak tag, and not to trust their cache', async () => {
    const { headers } = await askDefinitions(await start());
    expect(headers.get('etag')).toMatch(/^W\/"[\da-f]{16}"$/);
    expect(headers.get('cache-control')).toBe('private, must-revalidate');
  });

  it.each([
    ['weak', (tag: string) => tag],
    ['strong', (tag: string) => tag.replace('W/', '')],
    ['bare', (tag: string) => tag.replace(/W\/|"/g, '')],
  ])('are answered 304 for a tag that is %s', async (_form, formOf) => {
    const emulator = await start();
    const tag = await etagOf(emulator);
    const response = await askDefinitions(emulator, { 'If-None-Match': formOf(tag) });
    expect(await outcome(response)).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(tag);
    expect(response.headers.get('cache-control')).toBe('private, must-revalidate');
  });

  it.each(['W/"0000000000000000"', '""', '*'])('are answered in full for %s', async (tag) => {
    expect(await status(await start(), tag)).toBe(200);
  });

  it('see a publication, unless it says what was said before', async () => {
    const emulator = await start();
    const tag = await etagOf(emulator);
    emulator.publish({ flags: [] });
    expect(await status(emulator, tag)).toBe(200);
    expect(await status(emulator, await etagOf(emulator))).toBe(304);
    emulator.publish(shop());
    expect(await status(emulator, tag)).toBe(304);
  });

  it('can be turned off', async () => {
    const emulator = await start({ conditional: false });
    const { headers } = await askDefinitions(emulator);
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, null]);
    expect(await status(emulator, '')).toBe(200);
  });
});

describe('keys', () => {
  it.each([
    ['Bearer phs_emulator', 200],
    ['bearer phs_emulator', 200],
    ['Bearer phx_unscoped', 403],
    ['Bearer phc_emulator', 401],
    ['Bearer phs_other', 401],
    ['Basic phs_emulator', 401],
    ['', 401],
  ])('"%s" is answered %i', async (Authorization, expected) => {
    expect((await askDefinitions(await start(), { Authorization })).status).toBe(expected);
  });

  it.each([
    ['?token=phc_emulator', 200],
    ['?token=phc_emulator&send_cohorts', 200],
    ['?token=phc_other&send_cohorts', 401],
    ['?token=', 401],
    ['?send_cohorts', 400],
    ['', 400],
  ])('the project in "%s" is answered %i', async (query, expected) => {
    const { host, secretKey } = await start();
    const headers = { Authorization: `Bearer ${secretKey}` };
    expect((await fetch(`${host}/flags/definitions${query}`, { headers })).status).toBe(expected);
  });

  it('can be chosen', async () => {
    const keys = { projectKey: 'phc_mine', secretKey: 'phs_mine', unscopedKey: 'phx_mine' };
    const emulator = await start(keys);
    expect(emulator).toMatchObject(keys);
    expect((await askDefinitions(emulator)).status).toBe(200);
    const headers = { Authorization: 'Bearer phx_mine' };
    expect((await askDefinitions(emulator, headers)).status).toBe(403);
  });

  it('are refused in plain text', async () => {
    const headers = { Authorization: 'Bearer phs_other' };
    expect(await outcome(await askDefinitions(await start(), headers))).toEqual([
      401,
      'The secret key is not valid.',
    ]);
  });
});

it('cost nothing once the quota of flags is used up: they are answered 402, changed or not', async () => {
  const emulator = await start();
  const tag = await etagOf(emulator);
  emulator.setQuotaLimited(['feature_flags']);
  expect(await status(emulator, tag)).toBe(402);
  emulator.setQuotaLimited(['events']);
  expect(await status(emulator, tag)).toBe(304);
});
