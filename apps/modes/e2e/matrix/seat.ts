import type { Browser, BrowserContext } from 'playwright-core';
import { byPageClock, byWallClock } from './quiet.ts';
import { type Tab, tabOf } from './tab.ts';

export type Cookies = Readonly<Record<string, string>>;

/** A window of the browser, used by one visitor after another: opening one takes longer than a journey. */
export interface Seat {
  /** The window, with this visitor's cookies and nobody's page. */
  take(cookies: Cookies): Promise<Tab>;
  /** A window in which scripts do not run, for `use` alone. */
  withoutScripts(cookies: Cookies, use: (tab: Tab) => Promise<void>): Promise<void>;
}

/** Opens windows when they are needed. They are closed with the browser. */
export function seatIn(browser: Browser, url: string): Seat {
  let opened: Promise<{ context: BrowserContext; tab: Tab }> | undefined;
  const open = async (javaScriptEnabled: boolean) => {
    const context = await browser.newContext({ javaScriptEnabled });
    context.setDefaultTimeout(10_000);
    const wait = javaScriptEnabled ? byPageClock : byWallClock;
    return { context, tab: tabOf(await context.newPage(), url, wait) };
  };
  const give = (context: BrowserContext, cookies: Cookies) =>
    context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
  return {
    async take(cookies) {
      opened ??= open(true);
      const { context, tab } = await opened;
      // What the visitor before has left is reported as theirs.
      await tab.page.goto('about:blank');
      await context.clearCookies();
      await give(context, cookies);
      return tab;
    },
    async withoutScripts(cookies, use) {
      const { context, tab } = await open(false);
      await give(context, cookies);
      await use(tab);
      await context.close();
    },
  };
}
