import { createHmac } from 'node:crypto';
import { decodeBootstrap, type FlagsBootstrap } from '@halyard/core';
import { expect, vi } from 'vitest';
import type { Services } from './services.ts';

/** A group's application that runs. */
export interface Running {
  /** Asks one of its addresses, as its own pages would. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** All that its server and its programs have printed. */
  printed(): string;
  readonly services: Services;
}

/** What the application of a section does, by the section. Those that are not here answer everywhere. */
export const PROMISES: Readonly<Record<string, (app: Running) => Promise<void>>> = {
  'root--wire-it-up': async ({ ask, printed }) => {
    const headers = { cookie: 'uid=ann; plan=pro' };
    const page = await ask('/', { headers });
    expect(page.headers.get('set-cookie')).toContain('halyard-visitor=');
    expect(await page.text()).toContain('<button data-variant="on">Pay now</button>');
    expect(await valuesOf(await ask('/api/flags', { headers }))).toEqual({ 'new-checkout': true });
    await vi.waitFor(() => expect(printed()).toContain('[warehouse] new-checkout on'), PATIENCE);
  },

  'packages-next--wiring': async ({ ask, services }) => {
    // One of the nine in ten whom the root README's flag file leaves out.
    const headers = { cookie: 'halyard-visitor=00000000-0000-4000-8000-000000000001' };
    expect(await (await ask('/', { headers })).text()).toContain('The old one');
    await vi.waitFor(() => expect(services.batches().join()).toContain('new-checkout'), PATIENCE);
  },

  'packages-next--when-flags-change': async ({ ask, services }) => {
    const body = '{}';
    const call = (signature: string) =>
      ask('/api/flags/changed', {
        method: 'POST',
        headers: { 'x-flagsmith-signature': signature },
        body,
      });
    expect((await call('0'.repeat(64))).status).toBe(401);
    const { FLAGS_WEBHOOK_SECRET: secret = '' } = services.environment;
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    expect((await call(signature)).status).toBe(204);
  },

  'packages-next--who-the-visitor-is': async ({ ask }) => {
    const came = await ask('/api/flags');
    const visitor = cookiesOf(came);
    const signedIn = await ask('/session', {
      method: 'POST',
      headers: { cookie: visitor },
      body: 'ann',
    });
    expect(await signedIn.json()).toEqual({ signedIn: 'ann' });
    const cookie = `${visitor}; ${cookiesOf(signedIn)}`;
    const asAnn = await (await ask('/api/flags', { headers: { cookie } })).json();
    expect(valuesIn(asAnn)['new-checkout']).toBe(true);
    expect(asAnn.visitor).toBe((await came.json()).visitor);
    const signedOut = await ask('/session', { method: 'DELETE', headers: { cookie } });
    expect(await signedOut.json()).toEqual({ signedIn: null });
  },

  'packages-next--what-a-page-may-say': async ({ ask }) => {
    const say = (context: object) =>
      ask('/api/flags', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ context }),
      });
    expect(await valuesOf(await say({ cartSize: 3, theme: 'dark', coupon: 'SALE' }))).toMatchObject(
      { 'free-delivery': true },
    );
    for (const refused of [{ plan: 'pro' }, { theme: 'pink' }, { coupon: 'sale' }])
      expect((await say(refused)).status).toBe(400);
  },

  'packages-next--static-pages-with-the-visitor-s-flags': async ({ ask }) => {
    const page = await ask('/pricing');
    expect(page.headers.get('x-nextjs-cache')).toBe('HIT');
    expect(await page.text()).toMatch(/The (old|new) checkout<\/p><button type="button">blue/);
    const [, code] = /\/v\/([^/]+)\//.exec(page.headers.get('x-middleware-rewrite') ?? '') ?? [];
    expect(code).toBeTypeOf('string');
  },

  'packages-next--choosing-what-a-flag-comes-out-as': async ({ ask }) => {
    expect((await ask('/api/flags/overrides')).status).toBe(404);
    const headers = {
      cookie: 'session=staff',
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
    };
    const body = JSON.stringify({ overrides: { 'button-color': 'red' } });
    const set = await ask('/api/flags/overrides', { method: 'POST', headers, body });
    const cookie = `session=staff; ${cookiesOf(set)}`;
    const values = await valuesOf(await ask('/api/flags', { headers: { cookie } }));
    expect(values).toMatchObject({ 'button-color': 'red' });
  },

  'packages-next--on-the-edge-runtime': async ({ ask }) => {
    expect(await (await ask('/api/button')).json()).toEqual({ color: 'blue' });
  },

  'packages-next--tests': async ({ printed }) => {
    expect(printed()).toMatch(/\[browser\] .*"button-color":"red"/);
  },

  'packages-react--start': async ({ ask }) => {
    expect(await (await ask('/')).text()).toMatch(
      /<button type="submit" style="background:blue" data-variant="blue">Buy .*now.*<\/button>/,
    );
  },

  'packages-react--setting-the-context': async ({ ask }) => {
    expect(await (await ask('/')).text()).toContain('<button>Add to cart</button>');
  },

  'packages-openfeature--react': async ({ ask }) => {
    expect(await (await ask('/')).text()).toContain('<b>new</b>');
  },
};

/** Exposures are sent after the response. */
const PATIENCE = { timeout: 30_000, interval: 100 };

async function valuesOf(response: Response): Promise<Record<string, unknown>> {
  return valuesIn(await response.json());
}

/** The values of a map that is on its way to a browser, by flag. */
function valuesIn(map: FlagsBootstrap): Record<string, unknown> {
  return Object.fromEntries(Array.from(decodeBootstrap(map), ([key, { value }]) => [key, value]));
}

/** What a browser would send back of the cookies that a response sets. */
function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
