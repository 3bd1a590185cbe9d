import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PosthogEmulator } from '../index.ts';
import { emulators, sendBatch } from './fixtures/shop.ts';

const start = emulators();

const event = (more: Record<string, unknown> = {}) => ({
  event: '$feature_flag_called',
  distinct_id: 'a',
  uuid: '01936000-0000-7000-8000-000000000001',
  timestamp: '2026-01-01T12:00:00.000Z',
  properties: { $feature_flag: 'checkout', $feature_flag_response: true },
  ...more,
});

const numbered = (number: number) =>
  event({ uuid: `01936000-0000-7000-8000-${String(number).padStart(12, '0')}` });

async function send(emulator: PosthogEmulator, ...events: readonly unknown[]) {
  const response = await sendBatch(emulator, events);
  return [response.status, await response.text()];
}

/** Sends bytes as a batch that says it is gzip. */
function sendGzip({ host }: PosthogEmulator, body: Uint8Array<ArrayBuffer>) {
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  return fetch(`${host}/batch/`, { method: 'POST', headers, body });
}

const gzipped = (value: unknown) => Uint8Array.from(gzipSync(JSON.stringify(value)));

describe('a batch', () => {
  it('is accepted, and its events are kept with those of others', async () => {
    const emulator = await start();
    const paid = event({ event: 'paid', uuid: undefined, properties: undefined });
    expect(await send(emulator, numbered(1), paid)).toEqual([200, '{"status":1}']);
    await send(emulator, numbered(2));
    const { uuid: _, properties: __, ...paidAsSent } = paid;
    expect(emulator.events).toEqual([numbered(1), paidAsSent, numbered(2)]);
    expect(emulator.exposures).toEqual([numbered(1), numbered(2)]);
  });

  it('may be compressed', async () => {
    const emulator = await start();
    const batch = { api_key: emulator.projectKey, batch: [event()], sent_at: '2026-01-01' };
    expect((await sendGzip(emulator, gzipped(batch))).status).toBe(200);
    expect(emulator.events).toEqual([event()]);
    expect(JSON.parse(emulator.requestsTo('batch')[0]?.body ?? '')).toEqual(batch);
  });

  it('is refused when it only says it is compressed', async () => {
    const emulator = await start();
    expect((await sendGzip(emulator, Uint8Array.of(0x1f, 0x8b, 1, 2, 3))).status).toBe(400);
  });

  it('is refused as a whole when it is too large, compressed or not', async () => {
    const emulator = await start({ maxBatchBytes: 1_000 });
    const large = Array.from({ length: 10 }, (_, i) => numbered(i));
    expect((await send(emulator, ...large))[0]).toBe(413);
    const compressed = gzipped({ api_key: emulator.projectKey, batch: large });
    expect(compressed.length).toBeLessThan(1_000);
    expect((await sendGzip(emulator, compressed)).status).toBe(413);
    expect((await send(emulator, ...large.slice(0, 3)))[0]).toBe(200);
    expect(emulator.events).toHaveLength(3);
  });

  it('is accepted and thrown away once the quota of events is used up', async () => {
    const emulator = await start();
    emulator.setQuotaLimited(['events']);
    expect(await send(emulator, event())).toEqual([200, '{"status":1,"quota_limited":["events"]}']);
    emulator.setQuotaLimited(['feature_flags']);
    await send(emulator, event());
    expect(await emulator.eventsReceived(1)).toEqual([event()]);
  });
});

describe('events that come again', () => {
  it('count once, in the same batch and in another', async () => {
    const emulator = await start();
    const arrived = emulator.eventsReceived(4);
    await send(emulator, numbered(1), numbered(1));
    await send(emulator, numbered(2), numbered(1));
    expect(emulator.events).toEqual([numbered(1), numbered(2)]);
    expect(emulator.duplicates).toEqual([numbered(1), numbered(1)]);
    expect(await arrived).toEqual([1, 1, 2, 1].map(numbered));
  });

  it('count once when only their time of day, properties or spelling of the uuid differ', async () => {
    const emulator = await start();
    const uuid = '01936000-0000-7000-8000-00000000000a';
    await send(emulator, event({ uuid }));
    await send(emulator, event({ uuid, timestamp: '2026-01-01T23:59:59Z' }));
    await send(emulator, event({ uuid, timestamp: '2026-01-02T00:59:59+01:00' }));
    await send(emulator, event({ uuid, properties: {} }));
    await send(emulator, event({ uuid: uuid.toUpperCase() }));
    expect(emulator.events).toEqual([event({ uuid })]);
    expect(emulator.duplicates).toHaveLength(4);
  });

  it.each([{ timestamp: '2026-01-02T00:00:00.000Z' }, { event: 'paid' }, { distinct_id: 'b' }])(
    'are others with %j',
    async (difference) => {
      const emulator = await start();
      await send(emulator, event(), event(difference));
      expect(emulator.events).toEqual([event(), event(difference)]);
      expect(emulator.duplicates).toEqual([]);
    },
  );

  it('are others without a uuid', async () => {
    const emulator = await start();
    await send(emulator, event({ uuid: undefined }), event({ uuid: undefined }));
    expect(emulator.events).toHaveLength(2);
  });
});

it('remembers the newest events only', async () => {
  const emulator = await start();
  const many = Array.from({ length: 10_002 }, (_, i) => numbered(i));
  await send(emulator, ...many);
  expect(emulator.events).toHaveLength(10_000);
  expect(emulator.events[0]).toEqual(numbered(2));
  // The first ones are forgotten, and so they are new again; the newest are not.
  await send(emulator, numbered(0), numbered(10_001));
  expect(emulator.duplicates).toEqual([numbered(10_001)]);
});

describe('what is refused as a whole', () => {
  it.each([
    [7, 'an event must be an object'],
    [event({ event: '' }), 'event must be a string that is not empty'],
    [event({ distinct_id: undefined }), 'distinct_id must be a string that is not empty'],
    [event({ distinct_id: '' }), 'distinct_id must be a string that is not empty'],
    [event({ uuid: 'exposure-1' }), 'uuid must be a UUID'],
    [event({ uuid: null }), 'uuid must be a UUID'],
    [event({ timestamp: 1_767_225_600_000 }), 'timestamp must be an ISO 8601 time'],
    [event({ timestamp: 'yesterday' }), 'timestamp must be an ISO 8601 time'],
    [event({ properties: [] }), 'properties must be an object'],
  ])('a batch with %j', async (malformed, problem) => {
    const emulator = await start();
    expect(await send(emulator, event(), malformed)).toEqual([400, `batch[1]: ${problem}.`]);
    expect(emulator.events).toEqual([]);
  });

  it.each([
    [undefined, 'batch must be a list.'],
    [{}, 'batch must be a list.'],
    [[], 'batch holds no event.'],
  ])('the batch %j', async (batch, problem) => {
    const response = await sendBatch(await start(), batch);
    expect([response.status, await response.text()]).toEqual([400, problem]);
  });

  it.each([undefined, '', 'phc_other', 'phs_emulator'])('the key %s', async (api_key) => {
    const emulator = await start();
    expect((await sendBatch(emulator, [event()], { api_key })).status).toBe(401);
    expect(emulator.events).toEqual([]);
  });
});
