import { expect, it } from 'vitest';
import type { FlagsmithEmulator } from '../index.ts';
import { emulators, post } from './fixtures/shop.ts';

const start = emulators();

const event = (more: Record<string, unknown> = {}) => ({
  event: '$flag_exposure',
  feature_name: 'checkout',
  identifier: 'a',
  value: 'treatment',
  traits: { plan: 'pro' },
  metadata: { sdk_version: '1' },
  timestamp: 1_767_225_600_000,
  ...more,
});

const custom = (name: string) => event({ event: name, feature_name: null, traits: null });

async function send(emulator: FlagsmithEmulator, events: readonly unknown[]) {
  const response = await post(emulator, emulator.eventsUrl, { events });
  return { status: response.status, body: await response.json() };
}

it('accepts events and keeps them, all batches in one list', async () => {
  const emulator = await start();
  const first = await send(emulator, [event(), custom('paid')]);
  expect(first).toEqual({ status: 202, body: { accepted: 2, rejected: [] } });
  await send(emulator, [event({ identifier: 'b' })]);
  expect(emulator.events).toEqual([event(), custom('paid'), event({ identifier: 'b' })]);
  expect(emulator.exposures).toEqual([event(), event({ identifier: 'b' })]);
});

it('tells when an event has arrived', async () => {
  const emulator = await start();
  const arrived = emulator.eventsReceived(2);
  await send(emulator, [event()]);
  await send(emulator, [custom('paid')]);
  expect(await arrived).toEqual([event(), custom('paid')]);
});

it('rejects the events a function has something against, and only those', async () => {
  const emulator = await start({
    rejectEvent: ({ identifier }) => (identifier === 'b' ? 'b is blocked' : undefined),
  });
  const { status, body } = await send(emulator, [
    event(),
    event({ identifier: 'b' }),
    event({ identifier: 'c' }),
  ]);
  expect(status).toBe(202);
  expect(body).toEqual({ accepted: 2, rejected: [{ index: 1, error: 'b is blocked' }] });
  expect(emulator.events.map(({ identifier }) => identifier)).toEqual(['a', 'c']);
});

const { traits: _, ...withoutTraits } = event();

it.each([
  [7, 'an event must be an object'],
  [withoutTraits, 'traits is missing'],
  [event({ event: null }), 'event must be a string'],
  [event({ event: '' }), 'event must not be empty'],
  [event({ event: '$pageview' }), '$pageview is a reserved name'],
  [event({ feature_name: 1 }), 'feature_name must be a string or null'],
  [event({ identifier: 1 }), 'identifier must be a string or null'],
  [event({ value: 99.5 }), 'value must be a string or null'],
  [event({ traits: [] }), 'traits must be an object or null'],
  [event({ metadata: null }), 'metadata must be an object'],
  [event({ timestamp: '2026' }), 'timestamp must be a whole number of milliseconds'],
])('rejects %j', async (malformed, error) => {
  const emulator = await start();
  const { body } = await send(emulator, [malformed, event()]);
  expect(body).toEqual({ accepted: 1, rejected: [{ index: 0, error }] });
  expect(emulator.events).toEqual([event()]);
});

it('refuses a body without a list of events', async () => {
  const emulator = await start();
  expect((await post(emulator, emulator.eventsUrl, {})).status).toBe(400);
});

it('remembers the newest events only', async () => {
  const emulator = await start();
  const many = Array.from({ length: 10_002 }, (_, i) => event({ timestamp: i }));
  expect((await send(emulator, many)).body.accepted).toBe(10_002);
  expect(emulator.events).toHaveLength(10_000);
  expect(emulator.events[0]?.timestamp).toBe(2);
});
