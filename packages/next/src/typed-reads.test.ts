import { readFileSync } from 'node:fs';
import { decodeBootstrap } from '@halyard/core';
import { flagsmithDefinitions, parse } from '@halyard/sources/flagsmith';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toFlagQuery } from '../../react/src/flag-query.ts';
import { createFlags } from './create-flags.ts';
import { fakeRequest, within } from './fixtures/fake-next.ts';
import type { Flags } from './flags.ts';

vi.mock('next/headers.js', async () => (await import('./fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./fixtures/fake-next.ts')).nextServer,
}));

/** A backend whose flags are on or off and have a value besides. */
const shop = parse(
  readFileSync(new URL('../../sources/src/flagsmith/fixtures/shop.json', import.meta.url), 'utf8'),
);
const DEFAULTS = [true, false, 'text', 7, { nothing: true }];
const VISITORS = ['jane', 'joe', undefined];
let flags: Flags;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  flags = createFlags({
    source: flagsmithDefinitions(shop),
    identify: ({ cookies }) => {
      const targetingKey = cookies.get('uid')?.value;
      return { targetingKey, email: `${targetingKey}@shop.example` };
    },
    client: { flags: 'all' },
  });
});
afterEach(async () => {
  await flags.client.close();
});

describe.each(VISITORS)('a read in the browser, for the visitor %s', (uid) => {
  const request = fakeRequest({ cookies: uid === undefined ? {} : { uid } });

  it.each(DEFAULTS)('with the default %j gives what the server gives', async (defaultValue) => {
    await within(request, async () => {
      const sent = JSON.parse(JSON.stringify(await flags.hydrate()));
      const inBrowser = decodeBootstrap(sent);
      for (const { feature } of shop.feature_states) {
        const onServer = await flags.details(feature.name, defaultValue);
        const query = toFlagQuery<unknown>(feature.name, defaultValue, inBrowser.get(feature.name));
        const { value, reason, errorCode } = onServer;
        expect(query, feature.name).toMatchObject({ value, reason });
        expect(query.errorCode, feature.name).toBe(errorCode);
      }
    });
  });
});

it('what the browser is sent says nothing twice', async () => {
  const request = fakeRequest({ cookies: { uid: 'joe' } });
  expect(await within(request, () => flags.hydrate())).toMatchObject({
    values: {
      'new-checkout': true,
      'page-size': 50,
      'tax-rate': '7.5',
      limits: { items: 100 },
      button: 'red',
      retired: 'for joe',
    },
    switches: true,
    as: {
      'page-size': { string: '50' },
      'tax-rate': { number: 7.5 },
      limits: { string: '{"items":100}' },
    },
  });
});
