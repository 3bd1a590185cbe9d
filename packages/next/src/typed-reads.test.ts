import { readFileSync } from 'node:fs';
import { decodeBootstrap, type FlagSource } from '@halyard/core';
import { flagdDefinitions } from '@halyard/sources/flagd';
import { flagsmithDefinitions } from '@halyard/sources/flagsmith';
import { mixpanelDefinitions } from '@halyard/sources/mixpanel';
import { posthogDefinitions } from '@halyard/sources/posthog';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toFlagQuery } from '../../react/src/flag-query.ts';
import { createFlags } from './create-flags.ts';
import { fakeRequest, within } from './fixtures/fake-next.ts';

vi.mock('next/headers.js', async () => (await import('./fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./fixtures/fake-next.ts')).nextServer,
}));

/** The definitions that a backend's own tests use. */
const shop = (backend: string) =>
  JSON.parse(
    readFileSync(
      new URL(`../../sources/src/${backend}/fixtures/shop.json`, import.meta.url),
      'utf8',
    ),
  );
const valued = (key: string, value: unknown) => ({
  key,
  context: 'distinct_id',
  ruleset: { variants: [{ key: 'on', value, split: 1 }], rollout: [{ rollout_percentage: 1 }] },
});

const flagsmith = flagsmithDefinitions(shop('flagsmith'));
const SOURCES: Readonly<Record<string, FlagSource>> = {
  flagd: flagdDefinitions(shop('flagd')),
  flagsmith,
  mixpanel: mixpanelDefinitions(shop('mixpanel')),
  // To Mixpanel a list is no object, though JavaScript takes it for one.
  "Mixpanel's lists": mixpanelDefinitions({
    flags: [valued('list', [1, 2]), valued('nothing', null), valued('object', { hue: 1 })],
  } as never),
  posthog: posthogDefinitions(shop('posthog')),
};
const DEFAULTS = [true, false, 'text', 7, { nothing: true }, [], null, undefined].map(
  (defaultValue) => [defaultValue],
);
const VISITORS = ['jane', 'joe', undefined];

function flagsOf(source: FlagSource) {
  return createFlags({
    source,
    identify: ({ cookies }) => {
      const targetingKey = cookies.get('uid')?.value;
      return { targetingKey, distinct_id: targetingKey, email: `${targetingKey}@shop.example` };
    },
    client: { flags: 'all' },
  });
}

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
});

describe.each(Object.entries(SOURCES))('a read in the browser, over %s', (_name, source) => {
  it.each(DEFAULTS)('with the default %j gives what the server gives', async (defaultValue) => {
    const flags = flagsOf(source);
    const read = new Set<string>();
    for (const uid of VISITORS) {
      await within(fakeRequest({ cookies: uid === undefined ? {} : { uid } }), async () => {
        const inBrowser = decodeBootstrap(JSON.parse(JSON.stringify(await flags.hydrate())));
        for (const [key, flag] of inBrowser) {
          const { value, reason, errorCode, isDefault } = await flags.details(key, defaultValue);
          const query = toFlagQuery<unknown>(key, defaultValue, flag);
          expect(query, key).toMatchObject({ value, reason });
          expect(query.errorCode, key).toBe(errorCode);
          expect(query.isDefault, key).toBe(isDefault);
          read.add(key);
        }
      });
    }
    expect(read.size).toBeGreaterThan(2);
    await flags.client.close();
  });
});

it('what the browser is sent says nothing twice', async () => {
  const flags = flagsOf(flagsmith);
  const sent = await within(fakeRequest({ cookies: { uid: 'joe' } }), () => flags.hydrate());
  const as = [...decodeBootstrap(sent)].map(([key, flag]) => [key, flag.as]);
  expect(Object.fromEntries(as)).toEqual({
    'new-checkout': undefined,
    'page-size': { boolean: true, string: '50' },
    'tax-rate': { boolean: true, number: 7.5 },
    limits: { boolean: true, string: '{"items":100}' },
    button: { boolean: true },
    retired: { boolean: true },
  });
  await flags.client.close();
});
