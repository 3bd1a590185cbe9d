import { expect, it } from 'vitest';
import { emulators, post } from './fixtures/shop.ts';

const start = emulators();

it('sums the counts of all reports', async () => {
  const emulator = await start();
  expect(emulator.analytics).toEqual({});
  expect((await post(emulator, emulator.analyticsUrl, { checkout: 2, banner: 0 })).status).toBe(
    200,
  );
  await post(emulator, emulator.analyticsUrl, { checkout: 3, constructor: 1 });
  expect(emulator.analytics).toEqual({ checkout: 5, banner: 0, constructor: 1 });
});

it.each([-1, 1.5, '2', null])('refuses a report with the count %j as a whole', async (count) => {
  const emulator = await start();
  const response = await post(emulator, emulator.analyticsUrl, { banner: 1, checkout: count });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ detail: 'checkout: A valid count is required.' });
  expect(emulator.analytics).toEqual({});
});

it('forgets the features that came first when there are too many', async () => {
  const emulator = await start();
  const names = Array.from({ length: 10_001 }, (_, i) => `f${i}`);
  await post(emulator, emulator.analyticsUrl, Object.fromEntries(names.map((name) => [name, 1])));
  expect(Object.keys(emulator.analytics)).toHaveLength(10_000);
  expect(emulator.analytics).not.toHaveProperty('f0');
});
