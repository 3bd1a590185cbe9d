import type { Page, Request } from 'playwright-core';

/** Milliseconds: longer than the browser gathers exposures (100) before it reports them. */
const QUIET = 200;

/** A page's network. */
export interface Network {
  /** Resolves once nothing has been asked for, and nothing was answered, for a little while. */
  quiet(): Promise<void>;
}

/** Follows what a page asks for from now on. */
export function followNetwork(page: Page): Network {
  const underWay = new Set<unknown>();
  let lastChange = Date.now();
  const changed = () => {
    lastChange = Date.now();
  };
  page.on('request', (request) => {
    underWay.add(request);
    changed();
  });
  const over = (request: Request) => {
    underWay.delete(request);
    changed();
  };
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  // What a document had asked for goes with it.
  page.on('framenavigated', () => underWay.clear());
  return {
    async quiet() {
      changed();
      while (underWay.size > 0 || Date.now() - lastChange < QUIET) await page.waitForTimeout(25);
    },
  };
}
