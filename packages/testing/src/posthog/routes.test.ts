import { expect, it } from 'vitest';
import { askDefinitions, askFlags, emulators } from './fixtures/shop.ts';

const start = emulators();

it.each([
  ['GET', '/flags/?v=2'],
  ['GET', '/batch/'],
  ['POST', '/flags/definitions'],
])('refuses %s %s', async (method, path) => {
  expect((await fetch((await start()).host + path, { method })).status).toBe(405);
});

it.each(['/', '/decide/', '/flags/definition', '/flag_definitions', '/batch/more'])(
  'has nothing at %s',
  async (path) => {
    const response = await fetch((await start()).host + path);
    expect([response.status, await response.text()]).toEqual([404, 'Not found.']);
  },
);

it('logs all requests, and those of each route', async () => {
  const emulator = await start();
  const arrived = emulator.received('flags', 2);
  await askFlags(emulator, { distinct_id: 'a' });
  await askDefinitions(emulator);
  await askFlags(emulator, { token: 'phc_other', distinct_id: 'b' });
  await fetch(`${emulator.host}/nowhere`);
  const askedFor = (await arrived).map(({ body }) => JSON.parse(body).distinct_id);
  expect(askedFor).toEqual(['a', 'b']);
  expect(emulator.requests).toHaveLength(4);
  expect(emulator.requestsTo('definitions')[0]?.url).toBe(
    '/flags/definitions?token=phc_emulator&send_cohorts',
  );
  expect(emulator.requestsTo('batch')).toEqual([]);
});

it('comes back where it was', async () => {
  const first = await start();
  await first.close();
  const second = await start({ port: first.port });
  expect(second.host).toBe(first.host);
  expect((await askDefinitions(second)).status).toBe(200);
});
