import type { Exposure } from '@halyard/core';
import { overrideCookie } from '@halyard/next/overrides';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWatchedPage, visit, waitForText } from './harness/browser.ts';
import { fetchHtml, textsOf } from './harness/html.ts';
import { openShop } from './harness/shop.ts';
import { type ExposureEndpoint, startExposureEndpoint } from './harness/sink.ts';

const SECRET = 'what the shop signs overrides with';
const PRODUCT = '/products/storm-lantern';
/** A keeper, who has 15 % off otherwise. */
const keeper = { persona: 'maren' };

let endpoint: ExposureEndpoint;

beforeAll(async () => {
  endpoint = await startExposureEndpoint();
});
afterAll(() => endpoint.close());

const shop = openShop(() => ({
  EXPOSURE_SINK_URL: endpoint.url,
  FLAGS_OVERRIDE_SECRET: SECRET,
}));

/** A cookie with which everything costs a tenth less. */
const mint = () =>
  overrideCookie({
    secret: SECRET,
    environment: 'production',
    overrides: { 'discount-percent': 10 },
  });

/** A keeper's page, with these cookies as well. */
async function openKeepersPage(...cookies: { name: string; value: string }[]) {
  const watched = await openWatchedPage(shop.browser);
  const own = Object.entries(keeper).map(([name, value]) => ({ name, value }));
  const url = shop.demo.url;
  await watched.context.addCookies([...own, ...cookies].map((cookie) => ({ ...cookie, url })));
  return watched;
}

const isKeepers = ({ targetingKey }: Exposure) => targetingKey === `persona-${keeper.persona}`;

/** Resolves when the keeper has been counted for a flag. */
const keeperCounted = (key: string) =>
  endpoint.waitFor((exposure) => isKeepers(exposure) && exposure.flagKey === key);

/** What the keeper has been counted for as having of the flag that is overridden here. */
function keepersDiscounts(): string[] {
  const mine = endpoint.arrivals.filter(isKeepers);
  return mine
    .filter(({ flagKey }) => flagKey === 'discount-percent')
    .map(({ value }) => String(value));
}

it('an override is in the raw HTML, in server and client components', async () => {
  const { name, value } = mint();
  const html = await fetchHtml(`${shop.demo.url}${PRODUCT}`, { ...keeper, [name]: value });
  expect(textsOf(html, 'server-value')).toEqual(['10']);
  expect(textsOf(html, 'client-value')).toEqual(['10']);
});

it('every reader of a page has it from the first paint on, and nobody is counted', async () => {
  const { page, complaints, shownTexts, close } = await openKeepersPage(mint());
  await visit(page, `${shop.demo.url}${PRODUCT}`);
  await waitForText(page, 'route-value', '10');
  expect(await shownTexts('server-value')).toEqual(['10']);
  expect(await shownTexts('client-value')).toEqual(['10']);
  expect(complaints).toEqual([]);
  // Read on the same page by the server and by the browser, and so sent with whatever else of it is.
  await keeperCounted('price-label');
  await keeperCounted('buy-button-color');
  expect(keepersDiscounts()).toEqual([]);
  await close();
});

it('the route sets one and ends it, within the page', async () => {
  const { page, close } = await openKeepersPage();
  await visit(page, `${shop.demo.url}${PRODUCT}`);
  await waitForText(page, 'server-value', '15');
  const call = (method: string, overrides?: object) =>
    page.evaluate(
      async ([how, body]) => {
        const headers = { 'content-type': 'application/json' };
        const init = { method: how, ...(body !== null && { body, headers }) };
        const response = await fetch('/api/flags/overrides', init);
        return [response.status, await response.text()] as const;
      },
      [method, overrides === undefined ? null : JSON.stringify({ overrides })] as const,
    );
  expect(await call('POST', { 'discount-percent': 10 })).toEqual([200, expect.any(String)]);
  const [, listed] = await call('GET');
  const { flags } = JSON.parse(listed) as { flags: { key: string; override?: unknown }[] };
  expect(flags.find(({ key }) => key === 'discount-percent')).toMatchObject({ override: 10 });
  expect(flags.find(({ key }) => key === 'hero-banner')).not.toHaveProperty('override');
  const [status, problem] = await call('POST', { 'discount-percent': 99 });
  expect(status).toBe(400);
  expect(JSON.parse(problem)).toMatchObject({ flag: 'discount-percent', given: 99 });
  await page.reload({ waitUntil: 'load' });
  await waitForText(page, 'server-value', '10');
  expect((await call('DELETE'))[0]).toBe(204);
  await page.reload({ waitUntil: 'load' });
  await waitForText(page, 'server-value', '15');
  await keeperCounted('discount-percent');
  expect(keepersDiscounts()).toEqual(['15']);
  await close();
});

it('a cookie that was forged, or that another site would set, changes nothing', async () => {
  const forged = overrideCookie({
    secret: 'what somebody else signs them with',
    environment: 'production',
    overrides: { 'discount-percent': 10 },
  });
  const html = await fetchHtml(`${shop.demo.url}${PRODUCT}`, {
    ...keeper,
    [forged.name]: forged.value,
  });
  expect(textsOf(html, 'server-value')).toEqual(['15']);
  const response = await fetch(`${shop.demo.url}/api/flags/overrides`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: 'https://elsewhere.example' },
    body: '{"overrides":{"discount-percent":10}}',
  });
  expect(response.status).toBe(403);
  expect(response.headers.getSetCookie().join()).not.toContain('halyard-overrides');
});
