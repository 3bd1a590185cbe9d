import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openWatchedPage, visit, waitForText } from './harness/browser.ts';
import { openShop } from './harness/shop.ts';

const shop = openShop();

it('soft navigation shows the next page with its values, without loading the document again', async () => {
  const { page, complaints, close } = await openWatchedPage(shop.browser);
  await visit(page, `${shop.demo.url}/`);
  await markDocument(page);
  await page.locator('a[href="/products/storm-lantern"]').first().click();
  await waitForText(page, 'server-value', '5');
  await waitForText(page, 'client-value', '5');
  expect(await isSameDocument(page)).toBe(true);
  expect(complaints).toEqual([]);
  await close();
});

it('a change of visitor updates every reader at once, and shows no default on the way', async () => {
  const { page, complaints, shownTexts, close } = await openWatchedPage(shop.browser);
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await markDocument(page);
  await page.getByTestId('persona-name').click();
  await page.getByTestId('persona-maren').click();
  for (const reader of ['server-value', 'client-value', 'route-value']) {
    await waitForText(page, reader, '15');
  }
  expect(await isSameDocument(page)).toBe(true);
  expect(await shownTexts('server-value')).toEqual(['5', '15']);
  expect(await shownTexts('client-value')).toEqual(['5', '15']);
  expect(complaints).toEqual([]);
  await close();
});

it('a server action and a route handler read what the page read', async () => {
  const { page, context, close } = await openWatchedPage(shop.browser);
  await context.addCookies([{ name: 'persona', value: 'tomas', url: shop.demo.url }]);
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await page.getByTestId('logbook').locator('summary').click();
  await page.getByTestId('ask-action').click();
  await page.getByTestId('ask-route').click();
  for (const reader of ['server-value', 'client-value', 'route-value', 'action-value']) {
    await waitForText(page, reader, '10');
  }
  await close();
});

it('an edit of the flags reaches the open page, server and client parts, without a reload', async () => {
  const { page, complaints, shownTexts, close } = await openWatchedPage(shop.browser);
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await markDocument(page);
  await waitForText(page, 'client-value', '5');
  await shop.demo.backend.setDiscount(7);
  await waitForText(page, 'client-value', '7');
  await waitForText(page, 'server-value', '7');
  await waitForText(page, 'route-value', '7');
  expect(await isSameDocument(page)).toBe(true);
  expect(await shownTexts('client-value')).toEqual(['5', '7']);
  expect(await shownTexts('server-value')).toEqual(['5', '7']);
  expect(complaints).toEqual([]);
  await close();
});

/** Leaves a mark that a reload would wipe away. */
async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as { marked?: boolean }).marked = true;
  });
}

function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as { marked?: boolean }).marked === true);
}
