import { decodeBootstrap } from '@halyard/core';
import { expect, it } from 'vitest';
import { openWatchedPage, visit, waitForText } from './harness/browser.ts';
import { fetchHtml, textsOf } from './harness/html.ts';
import { openShop } from './harness/shop.ts';

const shop = openShop();

it("the raw HTML holds the visitor's values, in server and client components", async () => {
  const keeper = await fetchHtml(`${shop.demo.url}/products/storm-lantern`, { persona: 'maren' });
  expect(textsOf(keeper, 'server-value')).toEqual(['15']);
  expect(textsOf(keeper, 'client-value')).toEqual(['15']);
  const crew = await fetchHtml(`${shop.demo.url}/products/storm-lantern`, { persona: 'tomas' });
  expect(textsOf(crew, 'server-value')).toEqual(['10']);
  expect(textsOf(crew, 'client-value')).toEqual(['10']);
});

it('hydrates without a complaint, and no element ever shows a default', async () => {
  const { page, context, complaints, shownTexts, close } = await openWatchedPage(shop.browser);
  await context.addCookies([{ name: 'persona', value: 'maren', url: shop.demo.url }]);
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await waitForText(page, 'route-value', '15');
  expect(await shownTexts('server-value')).toEqual(['15']);
  expect(await shownTexts('client-value')).toEqual(['15']);
  expect(complaints).toEqual([]);
  await close();
});

it.each([
  ['maren', 'Buy now', 'express'],
  ['ines', 'Add to the bag', 'steps'],
])(
  'a boolean and an object are in the browser what they are on the server, for %s',
  async (persona, words, flow) => {
    const { page, context, complaints, close } = await openWatchedPage(shop.browser);
    await context.addCookies(
      Object.entries({ persona, bag: 'storm-lantern.1' }).map(([name, value]) => ({
        name,
        value,
        url: shop.demo.url,
      })),
    );
    await visit(page, `${shop.demo.url}/products/storm-lantern`);
    expect(await page.getByTestId('buy-button').textContent()).toContain(words);
    expect(await page.getByTestId('openfeature-value').textContent()).toContain('Night ferry');
    await visit(page, `${shop.demo.url}/bag`);
    expect(await page.getByTestId('checkout').getAttribute('data-flow')).toBe(flow);
    expect(complaints).toEqual([]);
    await close();
  },
);

it('the browser receives values and no rules, and only the flags it may have', async () => {
  const response = await fetch(`${shop.demo.url}/api/flags`, {
    headers: { cookie: 'persona=maren' },
  });
  const text = await response.text();
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect([...decodeBootstrap(JSON.parse(text)).keys()]).not.toContain('low-stock-threshold');
  const html = await fetchHtml(`${shop.demo.url}/`, { persona: 'maren' });
  for (const sent of [text, html]) {
    expect(sent).not.toMatch(shop.demo.backend.ruleWords);
  }
  expect(text).not.toMatch(/maren|appVersion/);
});

it('an unchanged map costs a 304', async () => {
  const headers = { cookie: 'persona=maren' };
  const first = await fetch(`${shop.demo.url}/api/flags`, { headers });
  const etag = first.headers.get('etag') ?? '';
  await first.text();
  const again = await fetch(`${shop.demo.url}/api/flags`, {
    headers: { ...headers, 'if-none-match': etag },
  });
  expect(again.status).toBe(304);
});
