import { decodeBootstrap } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WatchedPage, waitForText } from '../../demo/e2e/harness/browser.ts';
import { textsOf } from '../../demo/e2e/harness/html.ts';
import { runApplication, textOf } from './harness/application.ts';

const application = runApplication();

let visitor: WatchedPage;
beforeEach(async () => {
  visitor = await application.newVisitor();
  await application.open(visitor);
});
afterEach(() => visitor.close());

const press = (label: string) => visitor.page.click(`text=${label}`);
const said = (text: string) => waitForText(visitor.page, 'said', text);
const cookieNamed = async (name: string) =>
  (await visitor.context.cookies()).find((cookie) => cookie.name === name);

describe('a page that says something of its visitor', () => {
  it('shows the values for it, the server’s part as well, with no default in between', async () => {
    expect(await textOf(visitor, 'browser-delivery')).toBe('paid');
    await press('Three in the cart');
    await waitForText(visitor.page, 'browser-delivery', 'free');
    await waitForText(visitor.page, 'server-delivery', 'free');
    expect(await visitor.shownTexts('browser-delivery')).toEqual(['paid', 'free']);
    expect(await visitor.shownTexts('server-delivery')).toEqual(['paid', 'free']);
    expect(visitor.complaints).toEqual([]);
  });

  it('has them from the first byte of the next page', async () => {
    await press('Three in the cart');
    await said('said');
    const html = await (await visitor.context.request.get(application.url)).text();
    expect(textsOf(html, 'server-delivery')).toEqual(['free']);
    expect(textsOf(html, 'browser-delivery')).toEqual(['free']);
    await application.open(visitor);
    expect(await visitor.shownTexts('browser-delivery')).toEqual(['free']);
    expect(visitor.complaints).toEqual([]);
  });

  it('takes it back', async () => {
    await press('Three in the cart');
    await waitForText(visitor.page, 'browser-delivery', 'free');
    await press('Say nothing');
    await waitForText(visitor.page, 'browser-delivery', 'paid');
    expect(await cookieNamed('halyard-visitor-context')).toBeUndefined();
  });

  it('stays who it was', async () => {
    const before = await textOf(visitor, 'browser-bucket');
    await press('Three in the cart');
    await waitForText(visitor.page, 'browser-delivery', 'free');
    expect(await visitor.shownTexts('browser-bucket')).toEqual([before]);
  });
});

describe('what a page cannot say', () => {
  it('who the visitor is', async () => {
    const before = await textOf(visitor, 'browser-bucket');
    await press('Claim to be Ann');
    await visitor.page.waitForFunction(() =>
      document.querySelector('[data-testid="said"]')?.textContent?.includes('answered 400'),
    );
    expect(await textOf(visitor, 'said')).toContain('"targetingKey" is no attribute');
    expect(await visitor.shownTexts('browser-bucket')).toEqual([before]);
    expect(await cookieNamed('halyard-visitor-context')).toBeUndefined();
  });

  it('anything else than the server, where that knows', async () => {
    await visitor.page.fill('input[aria-label="Account"]', 'bob');
    await press('Sign in');
    await waitForText(visitor.page, 'browser-plan', 'free');
    await press('Claim a plan');
    await said('said');
    expect(await textOf(visitor, 'browser-plan')).toBe('free');
  });

  it('anything in a cookie that it has written itself', async () => {
    await press('Three in the cart');
    await said('said');
    const cookie = await cookieNamed('halyard-visitor-context');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const [, signature] = cookie?.value.split('.') ?? [];
    const claimed = Buffer.from('[9999999999,{"cartSize":99}]').toString('base64url');
    const response = await fetch(`${application.url}/api/flags`, {
      headers: { cookie: `halyard-visitor-context=${claimed}.${signature}` },
    });
    expect(decodeBootstrap(await response.json()).get('delivery')?.value).toBe('paid');
  });
});
