import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import {
  launchBrowser,
  openWatchedPage,
  type WatchedPage,
} from '../../../demo/e2e/harness/browser.ts';
import { type NextServer, startNextServer } from '../../../demo/e2e/harness/next-server.ts';

const folder = fileURLToPath(new URL('../../', import.meta.url));

/** The running application, for all tests of a file. */
export interface Application {
  readonly url: string;
  /** Everything the server printed. */
  output(): string;
  /** A browser that nobody has used yet, on a blank page. */
  newVisitor(): Promise<WatchedPage>;
  /** Opens the start page, and resolves when React has taken it over. */
  open(visitor: WatchedPage): Promise<void>;
}

/** Starts the application before a file's tests and ends it after them. To be called at the file's top. */
export function runApplication(
  environment: () => Record<string, string> = () => ({}),
): Application {
  let server: NextServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await startNextServer(folder, environment());
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  const running = () => {
    if (server === undefined || browser === undefined)
      throw new Error('it starts before the tests');
    return { server, browser };
  };
  return {
    get url() {
      return running().server.url;
    },
    output: () => running().server.output(),
    newVisitor: () => openWatchedPage(running().browser),
    async open({ page }) {
      await page.goto(running().server.url, { waitUntil: 'load' });
      await page.waitForFunction(() => {
        const element = document.querySelector('[data-testid="hydrated"]');
        return element !== null && Object.keys(element).some((key) => key.startsWith('__react'));
      });
    },
  };
}

/** The text of an element with that `data-testid`. */
export async function textOf({ page }: WatchedPage, testId: string): Promise<string> {
  return (await page.textContent(`[data-testid="${testId}"]`)) ?? '';
}
