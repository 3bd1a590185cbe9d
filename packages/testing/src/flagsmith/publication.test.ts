import { expect, it } from 'vitest';
import { ask, emulators, shop } from './fixtures/shop.ts';

const start = emulators();

it('serves what is published, with a later date', async () => {
  const emulator = await start();
  const before = emulator.document.updated_at ?? '';
  emulator.publish({ ...shop(), name: 'Other' });
  const served = await (await ask(emulator, 'environment-document/')).json();
  expect(served).toMatchObject({ name: 'Other', updated_at: emulator.document.updated_at });
  expect(Date.parse(served.updated_at)).toBeGreaterThan(Date.parse(before));
});

it('publishes a change of what is served', async () => {
  const emulator = await start();
  emulator.publish((document) => ({ ...document, name: `${document.name} 2` }));
  emulator.publish((document) => ({ ...document, name: `${document.name}.1` }));
  expect(emulator.document.name).toBe('Shop 2.1');
});

it('dates a publication after one that is ahead of the clock', async () => {
  const emulator = await start({ document: shop({ updatedAt: '2999-01-01T00:00:00.900Z' }) });
  emulator.publish(shop());
  expect(emulator.document.updated_at).toBe('2999-01-01T00:00:01.000Z');
});

it('keeps the date the document came with when told to', async () => {
  const emulator = await start();
  const document = shop({ updatedAt: '2020-02-02T00:00:00Z' });
  emulator.publish(document, { keepUpdatedAt: true });
  expect(emulator.document).toEqual(document);
});

it('takes the client key from what is published', async () => {
  const emulator = await start();
  emulator.publish({ ...shop(), api_key: 'new-key' });
  const status = async (key: string) =>
    (await ask(emulator, 'flags/', { headers: { 'X-Environment-Key': key } })).status;
  expect([emulator.clientKey, await status('new-key'), await status('client-key')]).toEqual([
    'new-key',
    200,
    403,
  ]);
});
