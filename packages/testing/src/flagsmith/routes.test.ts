import { describe, expect, it } from 'vitest';
import { ask, emulators } from './fixtures/shop.ts';

const start = emulators();

describe('keys', () => {
  it.each([
    ['environment-document/', 'ser.emulator', 200],
    ['environment-document/', 'client-key', 403],
    ['environment-document/', 'ser.other', 403],
    ['flags/', 'ser.emulator', 200],
    ['flags/', 'client-key', 200],
    ['flags/', 'other', 403],
    ['identities/?identifier=a', 'ser.emulator', 200],
    ['identities/?identifier=a', 'client-key', 200],
    ['identities/?identifier=a', 'other', 403],
  ])('asking for %s with %s is answered %i', async (path, key, expected) => {
    const response = await ask(await start(), path, { headers: { 'X-Environment-Key': key } });
    expect(response.status).toBe(expected);
    const detail = 'Invalid or missing Environment Key';
    if (expected === 403) expect(await response.json()).toEqual({ detail });
  });

  it.each(['environment-document/', 'flags/', 'identities/?identifier=a'])(
    'asking for %s without one is answered 403',
    async (path) => {
      expect((await fetch(new URL(path, (await start()).apiUrl))).status).toBe(403);
    },
  );

  it.each(['analyticsUrl', 'eventsUrl'] as const)('posting to %s needs one', async (url) => {
    const response = await fetch((await start())[url], { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
  });

  it('can be chosen', async () => {
    const emulator = await start({ serverKey: 'ser.mine', clientKey: 'mine' });
    expect([emulator.serverKey, emulator.clientKey]).toEqual(['ser.mine', 'mine']);
    expect((await ask(emulator, 'environment-document/')).status).toBe(200);
    const headers = { 'X-Environment-Key': 'mine' };
    expect((await ask(emulator, 'flags/', { headers })).status).toBe(200);
  });
});

it.each(['flags', 'environments/', '/v1/events/', '/'])('has nothing at %s', async (path) => {
  const response = await ask(await start(), path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ detail: 'Not found.' });
});

it('refuses methods an address does not have', async () => {
  const response = await ask(await start(), 'flags/', { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(await response.json()).toEqual({ detail: 'Method "DELETE" not allowed.' });
});

describe('the log of requests', () => {
  it('has them all, and those of each route', async () => {
    const emulator = await start();
    await ask(emulator, 'flags/');
    await ask(emulator, 'environment-document/');
    await ask(emulator, 'flags/?feature=banner');
    await ask(emulator, 'nowhere/');
    expect(emulator.requests).toHaveLength(4);
    expect(emulator.requestsTo('flags').map(({ url }) => url)).toEqual([
      '/api/v1/flags/',
      '/api/v1/flags/?feature=banner',
    ]);
    expect(emulator.requestsTo('environment-document')).toHaveLength(1);
    expect(emulator.requestsTo('identities')).toEqual([]);
  });

  it('tells when a request has arrived', async () => {
    const emulator = await start();
    const arrived = emulator.received('flags', 2);
    await ask(emulator, 'flags/');
    await ask(emulator, 'flags/', { headers: { 'X-Environment-Key': 'other' } });
    expect((await arrived).map(({ headers }) => headers['x-environment-key'])).toEqual([
      'ser.emulator',
      'other',
    ]);
  });
});
