import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hydrated, openWatchedPage, visit } from './harness/browser.ts';
import { openShop } from './harness/shop.ts';
import { type ExposureEndpoint, startExposureEndpoint } from './harness/sink.ts';

let endpoint: ExposureEndpoint;

// Registered first, so that the shop can be told where the endpoint is, and closed after it.
beforeAll(async () => {
  endpoint = await startExposureEndpoint();
});
afterAll(() => endpoint.close());

const shop = openShop(() => ({ EXPOSURE_SINK_URL: endpoint.url }));

beforeEach(() => {
  endpoint.release();
  endpoint.clear();
});

const price = (shopper: number) =>
  fetch(`${shop.demo.url}/api/price?item=storm-lantern`, {
    headers: { cookie: `shopper=${shopper}` },
  });

it('an exposure is sent after the response, once', async () => {
  endpoint.hold();
  const response = await price(1001);
  await response.json();
  // The answer is complete although the sink has not taken anything: sending was not part of it.
  expect(endpoint.answered).toBe(0);
  const exposure = await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-1001');
  expect(exposure).toMatchObject({
    flagKey: 'discount-percent',
    origin: 'server',
    ...shop.demo.backend.openingDiscount,
  });
  endpoint.release();
  await (await price(1001)).json();
  await (await price(1002)).json();
  await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-1002');
  expect(endpoint.arrivals.map(({ targetingKey }) => targetingKey)).toEqual([
    'shopper-1001',
    'shopper-1002',
  ]);
});

it('a sink that hangs delays nobody, and gets what was read in the meantime when it is back', async () => {
  endpoint.hold();
  for (let shopper = 2000; shopper < 2010; shopper++) await (await price(shopper)).json();
  expect(endpoint.answered).toBe(0);
  endpoint.release();
  await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-2009');
  const keys = new Set(endpoint.arrivals.map(({ targetingKey }) => targetingKey));
  expect(keys.size).toBe(10);
});

it('a page seen in the browser counts each flag once, however many components read it', async () => {
  const { page, context, close } = await openWatchedPage(shop.browser);
  await context.addCookies([{ name: 'shopper', value: '3001', url: shop.demo.url }]);
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await endpoint.waitFor(({ flagKey }) => flagKey === 'buy-button-color');
  await page.reload({ waitUntil: 'load' });
  await hydrated(page);
  await visit(page, `${shop.demo.url}/`);
  await endpoint.waitFor(({ flagKey }) => flagKey === 'hero-banner');
  const mine = endpoint.arrivals.filter(({ targetingKey }) => targetingKey === 'shopper-3001');
  const seen = mine.map(({ flagKey, value }) => `${flagKey}=${JSON.stringify(value)}`);
  expect(seen.filter((flag, i) => seen.indexOf(flag) !== i)).toEqual([]);
  expect(new Set(mine.map(({ id }) => id)).size).toBe(mine.length);
  const { value } = shop.demo.backend.openingDiscount;
  expect(seen).toContain(`discount-percent=${JSON.stringify(value)}`);
  await close();
});

it('the browser reports keys only, and a forged variant or a foreign origin gets nowhere', async () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${shop.demo.url}/api/flags`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        origin: shop.demo.url,
        cookie: 'shopper=4001',
        ...headers,
      },
    });
  const forged = { keys: ['buy-button-color'], variant: 'gold', targetingKey: 'somebody-else' };
  expect((await post(forged)).status).toBe(204);
  const exposure = await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-4001');
  expect(['buoy', 'kelp', 'deep']).toContain(exposure.variant);
  expect(exposure.origin).toBe('client');
  expect(
    (await post({ keys: ['hero-banner'] }, { origin: 'https://elsewhere.example' })).status,
  ).toBe(403);
  expect((await post({ keys: 'hero-banner' })).status).toBe(400);
  expect((await post({ keys: ['low-stock-threshold'] })).status).toBe(204);
  expect(endpoint.arrivals.map(({ flagKey }) => flagKey)).toEqual(['buy-button-color']);
});
