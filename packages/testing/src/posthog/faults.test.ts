import { describe, expect, it } from 'vitest';
import type { PosthogEmulator, PosthogRoute, Reply } from '../index.ts';
import { askDefinitions, askFlags, emulators, sendBatch, shop } from './fixtures/shop.ts';

const start = emulators();

const EVENT = { event: 'paid', distinct_id: 'a', uuid: '01936000-0000-7000-8000-000000000001' };

const ask: Readonly<Record<PosthogRoute, (emulator: PosthogEmulator) => Promise<Response>>> = {
  definitions: (emulator) => askDefinitions(emulator),
  flags: (emulator) => askFlags(emulator),
  batch: (emulator) => sendBatch(emulator, [EVENT]),
};

const ROUTES = Object.keys(ask) as PosthogRoute[];

describe.each(ROUTES)('%s', (route) => {
  const status = (emulator: PosthogEmulator) =>
    ask[route](emulator).then(
      (response) => response.status,
      () => 'failed',
    );

  it('fails with each reply of a list, and then no more', async () => {
    const emulator = await start();
    emulator.fail(route, [{ status: 429 }, { status: 503 }, { fault: 'reset' }]);
    const statuses = [];
    while (statuses.length < 4) statuses.push(await status(emulator));
    expect(statuses).toEqual([429, 503, 'failed', 200]);
    expect(emulator.requestsTo(route)).toHaveLength(4);
  });

  it('fails until it is told otherwise, and no other route', async () => {
    const emulator = await start();
    emulator.fail(route, { status: 500 });
    const statuses = await Promise.all(
      ROUTES.map(async (one) => (await ask[one](emulator)).status),
    );
    expect(statuses).toEqual(ROUTES.map((one) => (one === route ? 500 : 200)));
    emulator.fail(route, undefined);
    expect(await status(emulator)).toBe(200);
  });
});

it('tells a client to wait, when it is told to', async () => {
  const emulator = await start();
  emulator.fail('definitions', { status: 429, headers: { 'retry-after': '7' } }, 1);
  const response = await askDefinitions(emulator);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
});

it.each<Reply>([{ status: 500 }, { fault: 'reset' }])(
  'takes no event when %j comes in place of the answer',
  async (reply) => {
    const emulator = await start();
    emulator.fail('batch', reply, 1);
    await ask.batch(emulator).catch(() => 'failed');
    expect(emulator.events).toEqual([]);
    await ask.batch(emulator);
    expect(emulator.events).toEqual([EVENT]);
    expect(emulator.duplicates).toEqual([]);
  },
);

it('has taken the events when only the answer is lost, and sees them come again', async () => {
  const emulator = await start();
  emulator.fail('batch', { fault: 'truncate' }, 1);
  await expect((await ask.batch(emulator)).text()).rejects.toThrow();
  await ask.batch(emulator);
  expect(emulator.events).toEqual([EVENT]);
  expect(emulator.duplicates).toEqual([EVENT]);
});

it('holds definitions back until the test lets them go', async () => {
  const emulator = await start();
  let release = (_: Reply) => {};
  const gate = new Promise<Reply>((resolve) => {
    release = resolve;
  });
  emulator.fail('definitions', () => gate);
  const answered = askDefinitions(emulator);
  await emulator.received('definitions', 1);
  emulator.publish({ ...shop(), flags: [] });
  release({});
  expect((await (await answered).json()).flags).toEqual([]);
});
