import { expect, it } from 'vitest';
import { askDefinitions, askFlags, emulators } from './fixtures/shop.ts';

const start = emulators();

it.each([
  ['POST', '/flags'],
  ['GET', '/import'],
  ['POST', '/flags/definitions'],
  ['PUT', '/track'],
])('refuses %s %s', async (method, path) => {
  expect((await fetch((await start()).apiHost + path, { method })).status).toBe(405);
});

it.each(['/', '/engage', '/flags/definition', '/decide', '/track/more'])(
  'has nothing at %s',
  async (path) => {
    const response = await fetch((await start()).apiHost + path);
    expect([response.status, await response.text()]).toEqual([404, 'Not found.']);
  },
);

it('logs all requests, and those of each route', async () => {
  const emulator = await start();
  const arrived = emulator.received('flags', 2);
  await askFlags(emulator, { distinct_id: 'a' });
  await askDefinitions(emulator);
  await askFlags(emulator, {});
  await fetch(`${emulator.apiHost}/nowhere`);
  expect((await arrived).map(({ url }) => new URLSearchParams(url).get('context'))).toEqual([
    '{"distinct_id":"a"}',
    '{}',
  ]);
  expect(emulator.requests).toHaveLength(4);
  expect(emulator.requestsTo('definitions')).toHaveLength(1);
  expect(emulator.requestsTo('track')).toEqual([]);
});

it('comes back where it was', async () => {
  const first = await start();
  await first.close();
  const second = await start({ port: first.port });
  expect(second.apiHost).toBe(first.apiHost);
  expect((await askDefinitions(second)).status).toBe(200);
});
