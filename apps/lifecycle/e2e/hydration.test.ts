import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openWatchedPage, waitForText } from '../../demo/e2e/harness/browser.ts';
import { type Server, startServer } from './harness/server.ts';
import { type Sink, startSink } from './harness/sink.ts';
import '../lib/test-window.ts';

/** With Partial Prerendering Next writes the map twice, once for its own cache. */
const MOST_BYTES = 1_536;

/** Milliseconds until the late reader comes: longer than it takes to fetch the flags anew. */
const LATE = 4_000;

let sink: Sink;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  sink = await startSink('prompt');
  server = await startServer('next start', sink.url);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.end(0);
  await sink.close();
});

it('an update that lands before a late boundary hydrates gives no error, no flash and no default', async () => {
  const { page, complaints, shownTexts, close } = await openWatchedPage(browser);
  await page.goto(`${server.url}/waiting?pause=${LATE}`, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.refreshFlags !== undefined);
  await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: what signing up for the plan would set
    document.cookie = 'plan=pro; path=/';
    await window.refreshFlags?.();
  });
  await waitForText(page, 'early', 'red');
  expect(await shownTexts('late')).toEqual([]);
  await waitForText(page, 'late', 'red');
  expect(await shownTexts('early')).toEqual(['blue', 'red']);
  expect(await shownTexts('late')).toEqual(['blue', 'red']);
  expect(complaints).toEqual([]);
  await close();
});

it('refreshing shows no default on the way', async () => {
  const { page, complaints, shownTexts, close } = await openWatchedPage(browser);
  await page.goto(`${server.url}/waiting`);
  await page.waitForFunction(() => window.refreshFlags !== undefined);
  for (const plan of ['pro', 'free', 'pro']) {
    await page.evaluate(async (wanted) => {
      // biome-ignore lint/suspicious/noDocumentCookie: what changing the plan would set
      document.cookie = `plan=${wanted}; path=/`;
      await window.refreshFlags?.();
    }, plan);
    await waitForText(page, 'late', plan === 'pro' ? 'red' : 'blue');
  }
  expect(await shownTexts('late')).toEqual(['blue', 'red', 'blue', 'red']);
  expect(complaints).toEqual([]);
  await close();
});

it('400 flags add at most 1.5 KB to the page, compressed', async () => {
  const many = await startServer('next start', sink.url, { EXTRA_FLAGS: '400' });
  try {
    const [few, all] = await Promise.all([pageOf(server), pageOf(many)]);
    expect(all.match(/feature_[a-z]+_\d+/g)?.length).toBeGreaterThanOrEqual(400);
    const added = gzipSync(all).length - gzipSync(few).length;
    console.log(`400 flags add ${all.length - few.length} bytes, ${added} compressed`);
    expect(added).toBeLessThanOrEqual(MOST_BYTES);
  } finally {
    await many.end(0);
  }
});

async function pageOf({ url }: Server): Promise<string> {
  const headers = { cookie: 'visitor=gail', accept: 'text/html' };
  return (await fetch(`${url}/`, { headers })).text();
}
