import type { Page, Request } from 'playwright-core';

/** Milliseconds: longer than a page gathers exposures (100) before it reports them. */
const QUIET = 200;

/** Waits for as long as a page may still have something to report. */
export type Wait = (page: Page) => Promise<void>;

/** By the page's own clock: one that gets no time to run reports late, and its clock is as late. */
export const byPageClock: Wait = async (page) => {
  try {
    await page.evaluate((time) => new Promise((resolve) => setTimeout(resolve, time)), QUIET);
  } catch {
    // Another page took its place meanwhile.
    await byWallClock(page);
  }
};

/** Where scripts do not run, neither do a page's timers. */
export const byWallClock: Wait = (page) => page.waitForTimeout(QUIET);

/** A page's network. */
export interface Network {
  /** Resolves once nothing has been asked for, and nothing was answered, for a little while. */
  quiet(): Promise<void>;
}

/** Follows what a page asks for from now on. */
export function followNetwork(page: Page, wait: Wait): Network {
  const underWay = new Set<Request>();
  let changes = 0;
  const changed = () => {
    changes++;
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
  // What a document had asked for goes with it; the new document itself may still be on its way.
  page.on('framenavigated', () => {
    for (const request of underWay) if (!request.isNavigationRequest()) underWay.delete(request);
  });
  return {
    async quiet() {
      let before: number;
      do {
        before = changes;
        await wait(page);
      } while (underWay.size > 0 || changes !== before);
    },
  };
}
