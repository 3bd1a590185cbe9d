import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { basic, emulators, sendImport, serviceBasic } from './fixtures/shop.ts';

const start = emulators();

const NOW = Date.UTC(2026, 0, 2);
const clock = () => NOW;

const event = (more: Readonly<Record<string, unknown>> = {}) => ({
  event: '$experiment_started',
  properties: { distinct_id: 'a', time: NOW, $insert_id: '0123456789abcdef', ...more },
});

const numbered = (number: number) => event({ $insert_id: `id-${number}` });

/** What an import of events is answered with. */
async function imported(emulator: Awaited<ReturnType<typeof start>>, batch: unknown) {
  const response = await sendImport(emulator, batch);
  return [response.status, await response.json()];
}

const TAKEN = { code: 200, status: 'OK' };

describe('an import', () => {
  it('is taken, and its events are kept with those that were tracked', async () => {
    const emulator = await start({ clock });
    expect(await imported(emulator, [numbered(1), numbered(2)])).toEqual([
      200,
      { ...TAKEN, num_records_imported: 2 },
    ]);
    expect(await imported(emulator, [numbered(2), numbered(3)])).toEqual([
      200,
      { ...TAKEN, num_records_imported: 2 },
    ]);
    expect(emulator.events).toEqual([1, 2, 3].map(numbered));
    expect(emulator.duplicates).toEqual([numbered(2)]);
  });

  it('may be compressed, and shown the token instead of the service account', async () => {
    const emulator = await start({ clock });
    const response = await fetch(`${emulator.apiHost}/import?strict=1`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
        ...basic(emulator.token),
      },
      body: Uint8Array.from(gzipSync(JSON.stringify([event()]))),
    });
    expect(response.status).toBe(200);
    expect(emulator.events).toEqual([event()]);
  });

  it('is taken in part, and says what was not', async () => {
    const emulator = await start({ clock });
    const batch = [numbered(1), event({ distinct_id: 'NULL', $insert_id: 'x' }), 7, numbered(2)];
    expect(await imported(emulator, batch)).toEqual([
      400,
      {
        code: 400,
        status: 'Bad Request',
        error: 'some data points in the request failed validation',
        num_records_imported: 2,
        failed_records: [
          {
            index: 1,
            insert_id: 'x',
            field: 'properties.distinct_id',
            message: `'properties.distinct_id' is invalid: must not be the placeholder "NULL"`,
          },
          {
            index: 2,
            insert_id: '',
            field: 'event',
            message: "'event' is invalid: must be an object",
          },
        ],
      },
    ]);
    expect(emulator.events).toEqual([numbered(1), numbered(2)]);
  });
});

describe('an imported event', () => {
  const HOUR = 3_600_000;
  it.each([
    ['time', [NOW, NOW / 1000, NOW + HOUR, Date.UTC(1971, 0, 1) / 1000]],
    ['distinct_id', ['', 'anonymous-7', 'Ann']],
    ['$insert_id', ['a', 'A-9', 'x'.repeat(36)]],
  ])('is taken with any sound %s', async (name, values) => {
    const emulator = await start({ clock });
    for (const value of values) {
      const [status] = await imported(emulator, [event({ [name]: value })]);
      expect(status, String(value)).toBe(200);
    }
  });

  it.each([
    ['time', [undefined, '2026-01-02', NOW + HOUR + 1, 1, Date.UTC(1970, 11, 31)]],
    ['distinct_id', [undefined, null, 0, '0', 'anon', 'n/a', 'true', '-1', 'Undefined']],
    ['distinct_id', ['00000000-0000-0000-0000-000000000000', '<nil>', '{}']],
    ['$insert_id', [undefined, 7, '', 'a b', 'ü', 'x'.repeat(37), 'none', '0']],
  ])('is refused for its %s', async (name, values) => {
    const emulator = await start({ clock });
    const batch = values.map((value) => event({ [name]: value }));
    const [status, body] = await imported(emulator, batch);
    expect([status, body.num_records_imported]).toEqual([400, 0]);
    const fields = body.failed_records.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(values.map(() => `properties.${name}`));
  });

  it('is refused without a name or properties, and with too many of these', async () => {
    const many = Object.fromEntries(Array.from({ length: 255 }, (_, i) => [`p${i}`, i]));
    const batch = [{ ...event(), event: '' }, { event: 'paid' }, event(many)];
    const [, { failed_records: failed }] = await imported(await start({ clock }), batch);
    const fields = failed.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(['event', 'properties', 'properties']);
  });
});

describe('what is refused as a whole', () => {
  it('too many bytes, and too many events', async () => {
    const emulator = await start({ clock, maxImportBytes: 500 });
    const [status, body] = await imported(emulator, [1, 2, 3, 4, 5].map(numbered));
    expect([status, body.error]).toEqual([413, 'request exceeds max limit of 500 bytes']);
    const many = Array.from({ length: 2001 }, (_, i) => numbered(i));
    expect((await imported(await start({ clock }), many))[0]).toBe(413);
    expect(emulator.events).toEqual([]);
  });

  it('credentials that are not valid, or of another project', async () => {
    const emulator = await start({ clock });
    const { apiHost, serviceAccount } = emulator;
    const statusFor = async (headers: Readonly<Record<string, string>>, query: string) =>
      (await fetch(`${apiHost}/import?strict=1${query}`, { method: 'POST', headers })).status;
    expect(await statusFor({}, '')).toBe(401);
    expect(await statusFor(basic('other'), '')).toBe(401);
    expect(await statusFor(serviceBasic(serviceAccount), '&project_id=1')).toBe(403);
  });

  it.each([['{}'], ['['], ['7']])('the body %s', async (body) => {
    const { apiHost, token } = await start();
    const headers = { 'Content-Type': 'application/json', ...basic(token) };
    const url = `${apiHost}/import?strict=1`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
  });

  it('an import that does not want to hear of mistakes', async () => {
    const emulator = await start({ clock });
    const query = `project_id=${emulator.serviceAccount.projectId}`;
    expect((await sendImport(emulator, [event()], query)).status).toBe(400);
  });
});
