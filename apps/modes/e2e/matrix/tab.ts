import type { Page } from 'playwright-core';
import '../../lib/test-window.ts';
import { followNetwork, type Wait } from './quiet.ts';

/** What is fetched of a link before it is followed: as Next likes, everything, or nothing. */
export type Prefetch = 'auto' | 'full' | 'none';

/** A browser's tab. Everything it is told to do is over, and reported, when the promise resolves. */
export interface Tab {
  readonly page: Page;
  /** Opens a document. */
  open(path: string): Promise<void>;
  /** Opens a document in which React has nothing to take over, such as an error's. */
  openBare(path: string): Promise<void>;
  /** Opens the start page with a link to each path. */
  openLinks(to: readonly string[], prefetch: Prefetch): Promise<void>;
  /** Follows such a link without another document, to a page that marks itself as `shown`. */
  follow(path: string, shown: string): Promise<void>;
  /** Has the page open another document, as a link of plain HTML does. */
  openFromPage(path: string, shown: string): Promise<void>;
  hover(path: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  /** Resolves when what is shown has been reported. */
  quiet(): Promise<void>;
}

/** Makes a page easy to travel with. */
export function tabOf(page: Page, url: string, wait: Wait): Tab {
  const network = followNetwork(page, wait);
  const taken = async () => {
    // Below a boundary React takes a page over later, by up to a sixth of a second: nothing counts before.
    await page.waitForFunction(() => {
      const isTakenOver = (part: Element) =>
        Object.keys(part).some((name) => name.startsWith('__react'));
      const parts = [...document.querySelectorAll('[data-page]')];
      return window.exposeFlag !== undefined && parts.every(isTakenOver);
    });
    await network.quiet();
  };
  const open = async (path: string) => {
    await page.goto(url + path, { waitUntil: 'load' });
    await taken();
  };
  return {
    page,
    open,
    async openBare(path) {
      await page.goto(url + path, { waitUntil: 'load' });
      await network.quiet();
    },
    async openLinks(to, prefetch) {
      await open(
        `/?${new URLSearchParams([...to.map((path) => ['to', path]), ['prefetch', prefetch]])}`,
      );
      await page.waitForSelector('a');
      await network.quiet();
    },
    async follow(path, shown) {
      await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
      await page.click(`a[href="${path}"]`);
      await page.waitForSelector(`[data-page="${shown}"]`);
      await network.quiet();
      const isSame = await page.evaluate(() => 'isSameDocument' in window);
      if (!isSame) throw new Error(`${path} was opened as a document, not within the application`);
    },
    async openFromPage(path, shown) {
      await page.evaluate((href) => {
        location.href = href;
      }, path);
      await page.waitForSelector(`[data-page="${shown}"]`);
      await taken();
    },
    async hover(path) {
      await page.hover(`a[href="${path}"]`);
      await network.quiet();
    },
    async reload() {
      await page.reload({ waitUntil: 'load' });
      await taken();
    },
    async back() {
      await page.goBack();
      await taken();
    },
    async forward() {
      await page.goForward();
      await taken();
    },
    quiet: () => network.quiet(),
  };
}
