import type { EvaluationContext, JsonValue } from '@halyard/core';
import { createFlagClient, type FlagClient } from '@halyard/server';
import { flagdFile } from '@halyard/sources/flagd';
import { flagsmithFile } from '@halyard/sources/flagsmith';
import { mixpanelFile } from '@halyard/sources/mixpanel';
import { posthogFile } from '@halyard/sources/posthog';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withMixpanelFields } from '../lib/mixpanel-context.ts';
import { contextOf, PERSONAS } from '../lib/personas.ts';
import { flagFilePath } from './harness/flag-file.ts';

const BAGS = [0, 1, 2, 3, 4];
const SHOPPERS = Array.from({ length: 50 }, (_, number) => number);
const VISITORS = Array.from({ length: 2000 }, (_, number) => `visitor-${number}`);

/** Flags that are the same for all visitors who are alike, and the default each is read with. */
const TARGETED: Readonly<Record<string, JsonValue>> = {
  'product-layout': '',
  'price-label': {},
  'discount-percent': 0,
  'hero-banner': {},
  'delivery-options': {},
  'low-stock-threshold': 0,
  'visitor-badge': '',
};

/** Flags that hash the visitor, which each backend does in its own way. */
const BUCKETED: Readonly<Record<string, JsonValue>> = {
  'buy-button-color': '',
  'express-checkout': false,
};

const flagd = createFlagClient({ source: flagdFile(flagFilePath('flags.json')) });
const others = [
  flagsmithFile(flagFilePath('flagsmith.json')),
  posthogFile(flagFilePath('posthog.json')),
  mixpanelFile(flagFilePath('mixpanel.json')),
].map((source) => [source.name, createFlagClient({ source })] as const);
const clients = [flagd, ...others.map(([, client]) => client)];

beforeAll(() => Promise.all(clients.map((client) => client.ready())));
afterAll(() => Promise.all(clients.map((client) => client.close())));

it.each(others)('%s has the flags that the flag file has', (_name, client) => {
  expect(keysOf(client)).toEqual(keysOf(flagd));
  expect(keysOf(flagd)).toEqual([...Object.keys(TARGETED), ...Object.keys(BUCKETED)].sort());
});

it.each(others)(
  '%s shows every persona with any bag what the flag file shows them',
  (_name, client) => {
    for (const persona of PERSONAS) {
      for (const cartSize of BAGS) {
        const context = { ...contextOf(persona), targetingKey: 'visitor', cartSize };
        const values = read(client, context, TARGETED);
        expect(values, JSON.stringify(context)).toEqual(read(flagd, context, TARGETED));
        // Two backends that give nothing but defaults would agree, too.
        for (const [flagKey, value] of Object.entries(values)) {
          expect(value, flagKey).not.toEqual(TARGETED[flagKey]);
        }
      }
    }
  },
);

it.each(others)('%s gives every numbered shopper the badge of the flag file', (_name, client) => {
  for (const visitorNumber of SHOPPERS) {
    const context = { targetingKey: `shopper-${visitorNumber}`, visitorNumber, plan: 'guest' };
    const values = read(client, context, TARGETED);
    expect(values).toEqual(read(flagd, context, TARGETED));
    expect(values).toMatchObject({ 'visitor-badge': `v${visitorNumber}` });
  }
});

it.each(others)(
  '%s gives as many visitors each bucketed value as the flag file',
  (_name, client) => {
    for (const appVersion of [undefined, '1.9.3', '2.4.0', '3.0.0-beta.2']) {
      const expected = shares(flagd, appVersion);
      const actual = shares(client, appVersion);
      expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [value, share] of expected) expect(actual.get(value)).toBeCloseTo(share, 1);
    }
  },
);

/** Which share of the visitors sees each value of the bucketed flags. */
function shares(client: FlagClient, appVersion: string | undefined): Map<string, number> {
  const found = new Map<string, number>();
  // The shop knows the version of nobody but those it has a plan of.
  const plan = appVersion === undefined ? 'guest' : 'shore';
  for (const targetingKey of VISITORS) {
    const values = read(client, { targetingKey, appVersion, plan }, BUCKETED);
    for (const [flagKey, value] of Object.entries(values)) {
      const seen = `${flagKey}=${value}`;
      found.set(seen, (found.get(seen) ?? 0) + 1 / VISITORS.length);
    }
  }
  return found;
}

function read(
  client: FlagClient,
  context: EvaluationContext,
  flags: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  const snapshot = client.snapshot(withMixpanelFields(context));
  const entries = Object.entries(flags);
  return Object.fromEntries(entries.map(([key, value]) => [key, snapshot.get(key, value)]));
}

function keysOf(client: FlagClient): string[] {
  const anybody = withMixpanelFields({ targetingKey: 'visitor' });
  return [...client.snapshot(anybody).all().keys()].sort();
}
