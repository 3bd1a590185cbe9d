import { describe, expect, it } from 'vitest';
import type { MixpanelEmulator, MixpanelRoute, Reply } from '../index.ts';
import {
  askDefinitions,
  askFlags,
  emulators,
  sendForm,
  sendImport,
  shop,
} from './fixtures/shop.ts';

const start = emulators();

const EVENT = {
  event: 'paid',
  properties: { token: 'emulator-token', distinct_id: 'a', time: 1_767_225_600, $insert_id: 'x' },
};

const ask: Readonly<Record<MixpanelRoute, (emulator: MixpanelEmulator) => Promise<Response>>> = {
  definitions: (emulator) => askDefinitions(emulator),
  flags: (emulator) => askFlags(emulator),
  track: (emulator) => sendForm(emulator, { data: JSON.stringify(EVENT) }),
  import: (emulator) => sendImport(emulator, [EVENT]),
};

const ROUTES = Object.keys(ask) as MixpanelRoute[];
const INTAKES = ['track', 'import'] as const;

describe.each(ROUTES)('%s', (route) => {
  const status = (emulator: MixpanelEmulator) =>
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

describe.each(INTAKES)('%s', (route) => {
  it.each<Reply>([{ status: 500 }, { fault: 'reset' }])(
    'takes no event when %j comes in place of the answer',
    async (reply) => {
      const emulator = await start();
      emulator.fail(route, reply, 1);
      await ask[route](emulator).catch(() => 'failed');
      expect(emulator.events).toEqual([]);
      await ask[route](emulator);
      expect(emulator.events).toEqual([EVENT]);
      expect(emulator.duplicates).toEqual([]);
    },
  );

  it('has taken the events when only the answer is lost, and sees them come again', async () => {
    const emulator = await start();
    emulator.fail(route, { fault: 'truncate' }, 1);
    await ask[route](emulator)
      .then((response) => response.text())
      .catch(() => 'lost');
    await ask[route](emulator);
    expect(emulator.events).toEqual([EVENT]);
    expect(emulator.duplicates).toEqual([EVENT]);
  });
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
