import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWatchedPage } from './harness/browser.ts';
import { fetchHtml, textsOf } from './harness/html.ts';
import { openShop } from './harness/shop.ts';
import { type ExposureEndpoint, startExposureEndpoint } from './harness/sink.ts';

let endpoint: ExposureEndpoint;

// Registered first, so that the shop can be told where the endpoint is, and closed after it.
beforeAll(async () => {
  endpoint = await startExposureEndpoint();
});
afterAll(() => endpoint.close());

const shop = openShop(() => ({ EXPOSURE_SINK_URL: endpoint.url }));

beforeEach(() => endpoint.clear());

/** Visitors who get different banners and, by their numbers, different colours. */
const VISITORS: readonly Record<string, string>[] = [
  { persona: 'maren' },
  { persona: 'aiko' },
  { shopper: '1001' },
  { shopper: '1002' },
  { shopper: '1003' },
  { shopper: '1004' },
  { shopper: '1005' },
  { shopper: '1006' },
];

const cookieOf = (cookies: Record<string, string>) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

/** Asks for the window, or another address, as this visitor. */
async function look(cookies: Record<string, string>, path = '/window') {
  const response = await fetch(shop.demo.url + path, { headers: { cookie: cookieOf(cookies) } });
  const html = await response.text();
  return {
    status: response.status,
    cache: response.headers.get('x-nextjs-cache'),
    cacheControl: response.headers.get('cache-control'),
    mints: response.headers.get('set-cookie')?.startsWith('halyard-visitor=') ?? false,
    code:
      /\/v\/([^/]+)\/window/.exec(response.headers.get('x-middleware-rewrite') ?? '')?.[1] ?? '',
    title: textsOf(html, 'window-title')[0],
    color: textsOf(html, 'window-color')[0],
  };
}

describe('the shop window', () => {
  it.each(VISITORS)('is a static page with what %j gets on the dynamic ones', async (visitor) => {
    // Made at build where the definitions are those of the build, else when it is first asked for.
    const { cache } = await look(visitor);
    expect(cache).toMatch(
      shop.demo.backend.openingDiscount.source === 'flagd' ? /HIT/ : /HIT|MISS/,
    );
    const seen = await look(visitor);
    expect(seen).toMatchObject({ status: 200, cache: 'HIT', cacheControl: 'private, no-cache' });
    const front = await fetchHtml(`${shop.demo.url}/`, visitor);
    expect(seen.title).toBe(textsOf(front, 'hero-title')[0]);
    const product = await fetchHtml(`${shop.demo.url}/products/storm-lantern`, visitor);
    expect(seen.color).toBe(/data-color="(\w+)" data-testid="buy-button"/.exec(product)?.[1]);
  });

  it('differs between them', async () => {
    const seen = await Promise.all(VISITORS.map((visitor) => look(visitor)));
    expect(new Set(seen.map(({ title }) => title)).size).toBeGreaterThan(1);
    expect(new Set(seen.map(({ color }) => color)).size).toBeGreaterThan(1);
    expect(new Set(seen.map(({ code }) => code)).size).toBeGreaterThan(2);
  });

  it('gives a new visitor an id and the page of that id at once', async () => {
    const seen = await look({});
    expect(seen).toMatchObject({ status: 200, mints: true });
    expect(seen.color).toMatch(/^(buoy|kelp|deep)$/);
  });
});

describe('an address with a code in it', () => {
  const [mine = {}, theirs = {}] = VISITORS;

  it('shows nobody the page of somebody else', async () => {
    const [own, foreign] = [await look(mine), await look(theirs)];
    expect(foreign.title).not.toBe(own.title);
    expect(await look(mine, `/v/${foreign.code}/window`)).toMatchObject({
      status: 200,
      code: own.code,
      title: own.title,
    });
  });

  it('does not exist when the code is changed, cut or made up', async () => {
    const { code } = await look(mine);
    const flipped = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
    for (const bad of [flipped, code.slice(1), `${code}A`, code.toLowerCase(), 'made-up']) {
      const seen = await look(mine, `/v/${bad}/window`);
      expect(seen, bad).toMatchObject({ status: 404, cacheControl: 'private, no-cache' });
      expect(seen.title).toBeUndefined();
    }
  });
});

describe('exposures of the window', () => {
  it('do not count for whoever only fetches it', async () => {
    await look({ shopper: '3101' });
    const price = await fetch(`${shop.demo.url}/api/price?item=storm-lantern`, {
      headers: { cookie: 'shopper=3102' },
    });
    await price.json();
    await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-3102');
    expect(endpoint.arrivals.map(({ targetingKey }) => targetingKey)).toEqual(['shopper-3102']);
  });

  it('count once, when it is seen in a browser', async () => {
    const visitor = { shopper: '3100' };
    await look(visitor);
    const { page, context, complaints, shownTexts, close } = await openWatchedPage(shop.browser);
    await context.addCookies([{ name: 'shopper', value: '3100', url: shop.demo.url }]);
    await page.goto(`${shop.demo.url}/window`, { waitUntil: 'load' });
    await endpoint.waitFor(({ flagKey }) => flagKey === 'buy-button-color');
    await endpoint.waitFor(({ flagKey }) => flagKey === 'hero-banner');
    expect(await shownTexts('window-color')).toHaveLength(1);
    await page.reload({ waitUntil: 'load' });
    await page.goto(`${shop.demo.url}/static`, { waitUntil: 'load' });
    await page.goto(`${shop.demo.url}/products/storm-lantern`, { waitUntil: 'load' });
    await endpoint.waitFor(({ flagKey }) => flagKey === 'discount-percent');
    const mine = endpoint.arrivals.filter(({ targetingKey }) => targetingKey === 'shopper-3100');
    const seen = mine.map(({ flagKey, origin }) => `${flagKey} ${origin}`);
    expect(seen.filter((one) => /hero|color/.test(one)).sort()).toEqual([
      'buy-button-color client',
      'hero-banner client',
    ]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('count when a prefetched window is shown, and not before', async () => {
    const { page, context, complaints, close } = await openWatchedPage(shop.browser);
    await context.addCookies([{ name: 'shopper', value: '3103', url: shop.demo.url }]);
    const prefetched = page.waitForResponse((response) => response.url().includes('/window?_rsc='));
    await page.goto(`${shop.demo.url}/static`, { waitUntil: 'load' });
    await prefetched;
    await fetch(`${shop.demo.url}/api/price?item=storm-lantern`, {
      headers: { cookie: 'shopper=3104' },
    });
    await endpoint.waitFor(({ targetingKey }) => targetingKey === 'shopper-3104');
    expect(endpoint.arrivals.map(({ targetingKey }) => targetingKey)).toEqual(['shopper-3104']);
    await page.click('a[href="/window"]');
    await page.waitForSelector('[data-testid="window-color"]');
    const exposure = await endpoint.waitFor(({ flagKey }) => flagKey === 'buy-button-color');
    expect(exposure).toMatchObject({ targetingKey: 'shopper-3103', origin: 'client' });
    expect(await page.textContent('[data-testid="window-color"]')).toBe(exposure.value);
    expect(new URL(page.url()).pathname).toBe('/window');
    expect(complaints).toEqual([]);
    await close();
  });
});
