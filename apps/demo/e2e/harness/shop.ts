import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';

/** A running demo and a browser, for all tests of a file. */
export interface Shop {
  readonly demo: Demo;
  readonly browser: Browser;
}

/** Opens the shop before a file's tests and closes it after them. To be called at the file's top. */
export function openShop(environment: () => Record<string, string> = () => ({})): Shop {
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    demo = await startDemo({ environment: environment() });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  return {
    get demo() {
      return opened(demo);
    },
    get browser() {
      return opened(browser);
    },
  };
}

function opened<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the shop opens before the first test, not earlier');
  return part;
}
