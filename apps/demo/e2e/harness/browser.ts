import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium that `CHROMIUM_PATH` names (npm test sets it), or Debian's. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: QUIET,
  });
}

/** Opens an address, and resolves when React has taken the page over. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' });
  await hydrated(page);
}

/** Resolves when React has taken the page over. An open shop is never quiet: it looks for changes. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const element = document.querySelector('[data-testid="live-changes"]');
    return element !== null && Object.keys(element).some((key) => key.startsWith('__react'));
  });
}

/** Resolves when the element has that text. Rejects after ten seconds. */
export async function waitForText(page: Page, testId: string, text: string): Promise<void> {
  await page.waitForFunction(
    ([id, wanted]) => document.querySelector(`[data-testid="${id}"]`)?.textContent === wanted,
    [testId, text],
    { timeout: 10_000 },
  );
}

/** A page, and everything its console complained about. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and warnings, and uncaught exceptions. */
  readonly complaints: string[];
  /** Every text each watched element has shown, in order, from the first paint on. */
  shownTexts(testId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a page that writes down every text an element with a `data-testid` ever showed. */
export async function openWatchedPage(browser: Browser): Promise<WatchedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(recordTexts);
  return {
    page,
    context,
    complaints,
    shownTexts: (testId) =>
      page.evaluate((id) => (window as unknown as RecordingWindow).shownTexts[id] ?? [], testId),
    close: () => context.close(),
  };
}

interface RecordingWindow {
  shownTexts: Record<string, string[]>;
}

/** Runs in the page before its own scripts. */
function recordTexts(): void {
  const shown: Record<string, string[]> = {};
  (window as unknown as RecordingWindow).shownTexts = shown;
  // The parser stops where a part of the document ends, which may be within a text or before it.
  const isBeingParsed = (element: Element) => {
    if (document.readyState !== 'loading') return false;
    for (let node: Node | null = element; node !== null; node = node.parentNode) {
      if (node.nextSibling !== null) return false;
    }
    return true;
  };
  const look = () => {
    for (const element of document.querySelectorAll('[data-testid]')) {
      if (isBeingParsed(element)) continue;
      const id = element.getAttribute('data-testid') ?? '';
      const text = element.textContent ?? '';
      shown[id] ??= [];
      if (shown[id].at(-1) !== text) shown[id].push(text);
    }
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
  });
}
