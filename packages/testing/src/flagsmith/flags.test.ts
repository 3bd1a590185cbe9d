import { expect, it } from 'vitest';
import type { FlagsmithEvaluation } from '../index.ts';
import { ask, emulators, shop } from './fixtures/shop.ts';

const start = emulators();

const CHECKOUT = {
  feature: { id: 1, name: 'checkout', type: 'STANDARD' },
  enabled: true,
  feature_state_value: 'one-page',
};
const BANNER = { feature: { id: 2, name: 'banner' }, enabled: false, feature_state_value: null };

it("answers the environment's own values when nothing evaluates", async () => {
  expect(await (await ask(await start(), 'flags/')).json()).toEqual([CHECKOUT, BANNER]);
});

it('answers one flag when a feature is named', async () => {
  const emulator = await start();
  const one = await ask(emulator, 'flags/?feature=banner');
  expect(await one.json()).toEqual(BANNER);
  const none = await ask(emulator, 'flags/?feature=Banner');
  expect([none.status, await none.json()]).toEqual([404, { detail: 'Given feature not found' }]);
});

it('answers what an evaluation says about the document and nobody', async () => {
  const evaluate: FlagsmithEvaluation = (document, identity) => [
    { ...CHECKOUT, feature_state_value: [document.name, identity ?? 'nobody'] },
  ];
  const emulator = await start({ evaluate });
  const value = async () => (await (await ask(emulator, 'flags/')).json())[0].feature_state_value;
  expect(await value()).toEqual(['Shop', 'nobody']);
  emulator.publish({ ...shop(), name: 'Other' });
  expect(await value()).toEqual(['Other', 'nobody']);
});

it('reports an evaluation that throws', async () => {
  const emulator = await start({
    evaluate: () => {
      throw new Error('broken evaluation');
    },
  });
  const response = await ask(emulator, 'flags/');
  expect(response.status).toBe(500);
  await expect(emulator.close()).rejects.toThrow('broken evaluation');
});
