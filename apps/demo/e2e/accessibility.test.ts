import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { visit } from './harness/browser.ts';
import { openShop } from './harness/shop.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = ['/', '/products/storm-lantern', '/bag', '/runtime', '/window'];

const shop = openShop();

it.each([
  ['a phone, light', { width: 390, height: 844 }, 'light'],
  ['a phone, dark', { width: 390, height: 844 }, 'dark'],
  ['a desktop, light', { width: 1440, height: 900 }, 'light'],
  ['a desktop, dark', { width: 1440, height: 900 }, 'dark'],
] as const)(
  'on %s, no page breaks a WCAG AA rule or scrolls sideways',
  async (_name, viewport, colorScheme) => {
    const context = await shop.browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    for (const path of PAGES) {
      // The runtime page streams for ever, so the network is never idle.
      await page.goto(shop.demo.url + path, { waitUntil: 'load' });
      expect(await violationsOf(page), path).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${path} is wider than the screen by`).toBeLessThanOrEqual(0);
    }
    await context.close();
  },
);

it('the keyboard alone shops as somebody else and buys', async () => {
  const page = await shop.browser.newPage();
  await visit(page, `${shop.demo.url}/products/storm-lantern`);
  await page.keyboard.press('Tab');
  expect(await focusedText(page)).toContain('Skip to the content');
  await tabTo(page, 'Shopping as');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Maren Holt');
  await page.keyboard.press('Enter');
  await page.getByTestId('persona-name').filter({ hasText: 'Maren' }).waitFor();
  await tabTo(page, 'Storm Lantern', 'buy-button');
  await page.keyboard.press('Enter');
  await page
    .getByText('is in the bag')
    .or(page.locator('h1', { hasText: /bag/i }))
    .first()
    .waitFor();
  await page.close();
});

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Violation {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: readonly Violation[] }> };
    };
    const runOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
    const { violations } = await axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} (${failureSummary})`),
    );
  });
}

/** Presses Tab until the element with that text (and test id) has the focus. */
async function tabTo(page: Page, text: string, testId?: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focusedId = await page.evaluate(() =>
      document.activeElement?.getAttribute('data-testid'),
    );
    if (testId !== undefined && focusedId !== testId) continue;
    if ((await focusedText(page)).includes(text)) return;
  }
  throw new Error(`80 presses of Tab did not reach "${text}"`);
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
