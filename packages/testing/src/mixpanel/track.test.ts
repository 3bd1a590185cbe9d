import { describe, expect, it } from 'vitest';
import type { MixpanelEmulator } from '../index.ts';
import { emulators, sendForm } from './fixtures/shop.ts';

const start = emulators();

const event = (more: Readonly<Record<string, unknown>> = {}) => ({
  event: '$experiment_started',
  properties: {
    token: 'emulator-token',
    distinct_id: 'a',
    time: 1_767_225_600.5,
    $insert_id: '0123456789abcdef',
    'Experiment name': 'checkout',
    ...more,
  },
});

const numbered = (number: number) => event({ $insert_id: `id-${number}` });

async function send(emulator: MixpanelEmulator, data: unknown, more = {}) {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const response = await sendForm(emulator, { data: text, verbose: '1', ...more });
  expect(response.status).toBe(200);
  return response.json();
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const TAKEN = { status: 1, error: null };

describe('a request to track', () => {
  it('is taken with one event or several, and they are kept with those of others', async () => {
    const emulator = await start();
    const paid = event({ $insert_id: 'paid' });
    expect(await send(emulator, [numbered(1), { ...paid, event: 'paid' }])).toEqual(TAKEN);
    expect(await send(emulator, numbered(2))).toEqual(TAKEN);
    expect(emulator.events).toEqual([numbered(1), { ...paid, event: 'paid' }, numbered(2)]);
    expect(emulator.exposures).toEqual([numbered(1), numbered(2)]);
  });

  it('may hold base64, encoded for a form or not, and be in the address', async () => {
    const emulator = await start();
    const odd = event({ title: 'ÿþ>?~>>' });
    expect(base64(odd)).toContain('+');
    expect(await send(emulator, base64(odd))).toEqual(TAKEN);
    const url = `${emulator.apiHost}/track`;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `verbose=1&data=${base64([numbered(1)])}`;
    expect(await (await fetch(url, { method: 'POST', headers, body })).json()).toEqual(TAKEN);
    const query = new URLSearchParams({ verbose: '1', data: base64(numbered(2)) });
    expect(await (await fetch(`${url}?${query}`)).json()).toEqual(TAKEN);
    expect(emulator.events).toEqual([odd, numbered(1), numbered(2)]);
  });

  it('is answered 1 or 0 where it does not ask for more', async () => {
    const emulator = await start();
    const textFor = async (data: string) => (await sendForm(emulator, { data })).text();
    expect(await textFor(JSON.stringify(event()))).toBe('1');
    expect(await textFor('[')).toBe('0');
    const url = `${emulator.apiHost}/track?verbose=1`;
    const body = new URLSearchParams({ data: JSON.stringify(numbered(2)) });
    expect(await (await fetch(url, { method: 'POST', body })).json()).toEqual(TAKEN);
  });
});

describe('an event that comes again', () => {
  it('is told by its name, time, distinct id and insert id together', async () => {
    const emulator = await start();
    const others = [
      { ...event(), event: 'other' },
      event({ time: 1_767_225_601 }),
      event({ distinct_id: 'b' }),
      event({ $insert_id: 'x' }),
    ];
    const repeated = event({ 'Experiment name': 'changed' });
    await send(emulator, [event(), ...others]);
    await send(emulator, [repeated]);
    expect(emulator.events).toEqual([event(), ...others]);
    expect(emulator.duplicates).toEqual([repeated]);
    expect(await emulator.eventsReceived(6)).toEqual([event(), ...others, repeated]);
  });

  it('cannot be told without an insert id', async () => {
    const emulator = await start();
    const anonymous = event({ $insert_id: undefined });
    await send(emulator, [anonymous, anonymous]);
    expect(emulator.events).toHaveLength(2);
    expect(emulator.duplicates).toEqual([]);
  });
});

describe('what is refused, as a whole, by an answer of 200', () => {
  it.each([
    ['no data', '', 'data, missing or empty'],
    ['no JSON', '{', 'data, neither JSON nor base64 of JSON'],
    ['an event that is none', [event(), 7], 'event, missing or empty'],
    ['an event without a name', [{ ...event(), event: '' }], 'event, missing or empty'],
    ['no properties', [{ event: 'paid' }], 'properties, missing or empty'],
    ['no token', [event(), event({ token: undefined })], 'token, missing or not valid'],
    ['another token', [event({ token: 'other' })], 'token, missing or not valid'],
    ['too many events', Array.from({ length: 2001 }, () => event()), 'more than 2000 events'],
  ])('%s', async (_what, data, error) => {
    const emulator = await start();
    expect(await send(emulator, data)).toEqual({
      status: 0,
      error: expect.stringContaining(error),
    });
    expect(emulator.events).toEqual([]);
  });
});

it('a body of another type is refused by its status', async () => {
  const { apiHost } = await start();
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify([event()]);
  expect((await fetch(`${apiHost}/track`, { method: 'POST', headers, body })).status).toBe(415);
});
