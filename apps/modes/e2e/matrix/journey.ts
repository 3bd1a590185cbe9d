import type { RunningMode } from '../harness/start-mode.ts';
import type { Cookies, Seat } from './seat.ts';
import type { Tab } from './tab.ts';

/** What a journey has to hand: one running mode, and a visitor nobody has seen before. */
export interface Traveller {
  /** Asks for an address as a program does, with the visitor's cookies. Follows no redirect. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Begins to ask for an address, and goes away once something has come. */
  abort(path: string): Promise<void>;
  /** A browser's tab with the visitor's cookies. */
  tab(): Promise<Tab>;
  /** Uses a tab in which scripts do not run. */
  tabWithoutScripts(use: (tab: Tab) => Promise<void>): Promise<void>;
  /** Resolves when the server has read this flag for the visitor. */
  hasRead(flag: string): Promise<void>;
}

/** One visitor's way through the application, and how often each flag has to be counted on it. */
export interface Journey {
  /** Where flags are read. */
  readonly place: string;
  /** How one gets there. */
  readonly kind: string;
  readonly expected: Readonly<Record<string, number>>;
  /** Cookies besides the visitor's. */
  readonly cookies?: Cookies;
  go(traveller: Traveller): Promise<unknown>;
}

/** Goes on a journey, and sees it counted. */
export async function travel(
  journey: Journey,
  { running, seat, visitor }: { running: RunningMode; seat: Seat; visitor: string },
): Promise<void> {
  const { url } = running;
  const cookies = { visitor, ...journey.cookies };
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const traveller: Traveller = {
    async fetch(path, init) {
      const headers = { ...init?.headers, cookie };
      const response = await fetch(url + path, { redirect: 'manual', ...init, headers });
      await response.arrayBuffer();
      return response;
    },
    async abort(path) {
      const leaving = new AbortController();
      const response = await fetch(url + path, { headers: { cookie }, signal: leaving.signal });
      await response.body?.getReader().read();
      leaving.abort();
    },
    tab: () => seat.take(cookies),
    tabWithoutScripts: (use) => seat.withoutScripts(cookies, use),
    async hasRead(flag) {
      for (let attempt = 0; attempt < 200; attempt++) {
        if ((await running.reads()).has(`${visitor} ${flag}`)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the server has never read "${flag}" for ${visitor}`);
    },
  };
  await journey.go(traveller);
  await running.settled(visitor);
}
