import { readFileSync } from 'node:fs';
import { createSnapshot } from '@halyard/core';
import { describeSource } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type FlagsmithDocument,
  flagsmith,
  flagsmithDefinitions,
  flagsmithFile,
  flagsmithRemote,
  parse,
  select,
} from './index.ts';

const shop = parse(readFileSync(new URL('./fixtures/shop.json', import.meta.url), 'utf8'));
const [staff, visitor] = [
  { targetingKey: 'jane', email: 'jane@shop.example', plan: 'pro' },
  { targetingKey: 'joe', email: 'joe@else.example', plan: 'free' },
];
const [first] = shop.feature_states;

describeSource(
  { describe, it, expect },
  {
    source: flagsmithFile('./flagsmith.json'),
    definitions: shop,
    contexts: [staff, visitor, {}],
    ownVersion: '2026-02-03T04:05:06.789Z',
    reads: [
      { flagKey: 'new-checkout', type: 'boolean', value: true },
      { flagKey: 'new-checkout', context: visitor, type: 'boolean', value: false },
      { flagKey: 'new-checkout', type: 'string', value: undefined },
      { flagKey: 'new-checkout', type: undefined, value: true },
      { flagKey: 'page-size', type: 'number', value: 50 },
      { flagKey: 'page-size', type: 'string', value: '50' },
      { flagKey: 'page-size', type: 'boolean', value: true },
      { flagKey: 'page-size', context: visitor, type: 'number', value: 20 },
      { flagKey: 'tax-rate', type: 'number', value: 7.5 },
      { flagKey: 'tax-rate', type: 'string', value: '7.5' },
      { flagKey: 'limits', type: 'object', value: { items: 100 } },
      { flagKey: 'limits', type: 'string', value: '{"items":100}' },
      { flagKey: 'limits', type: 'number', value: undefined },
      { flagKey: 'limits', type: undefined, value: { items: 100 } },
      { flagKey: 'button', context: visitor, type: 'string', value: 'red' },
      { flagKey: 'button', context: {}, type: 'string', value: 'grey' },
      { flagKey: 'retired', type: 'boolean', value: false },
      { flagKey: 'retired', type: 'string', value: undefined },
      { flagKey: 'retired', context: visitor, type: 'string', value: 'for joe' },
    ],
    faulty: [
      {
        definitions: {
          ...shop,
          feature_states: [
            ...shop.feature_states,
            {
              ...first,
              feature: { id: 99, name: 'bad' },
              enabled: 'yes',
            } as unknown as FlagsmithDocument['feature_states'][number],
          ],
        },
        flagKey: 'bad',
        path: 'feature_states[6].enabled',
        neighbours: ['new-checkout', 'limits'],
      },
    ],
    broken: {
      'no environment': '{}',
      'no features': '{"api_key":"k","project":{}}',
      'segments that are none': '{"api_key":"k","feature_states":[],"project":{"segments":7}}',
    },
  },
);

describe('a Flagsmith source', () => {
  const environmentKey = 'ser.a-secret-key';

  it('evaluates the environment document where the key is a server-side one', () => {
    const source = flagsmith({ environmentKey });
    expect(source).toMatchObject({
      name: 'flagsmith',
      definitions: { kind: 'http' },
      refreshInterval: 60_000,
      webhook: { header: 'x-flagsmith-signature', algorithm: 'sha256', encoding: 'hex' },
    });
    expect(source).not.toHaveProperty('remote');
    expect(source).not.toHaveProperty('updates');
    expect(source).not.toHaveProperty('exposures');
    expect(source).not.toHaveProperty('usage');
  });

  it('refuses a key that may not see the rules, says what to do, and does not repeat the key', () => {
    const create = () => flagsmith({ environmentKey: 'client-side-key' });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', part: 'flagsmith' }));
    expect(create).toThrow(/begins with `ser\.`.*flagsmithRemote/);
    expect(create).not.toThrow(/client-side-key/);
  });

  it.each([undefined, '', 7, 'ser.with space', 'ser.with\nline'])('refuses the key %j', (key) => {
    const environmentKeyOf = key as string;
    expect(() => flagsmith({ environmentKey: environmentKeyOf })).toThrow(/`environmentKey`/);
    expect(() => flagsmithRemote({ environmentKey: environmentKeyOf })).toThrow(/`environmentKey`/);
  });

  it.each(['', 'api.flagsmith.com', 'ftp://x', 'https://user:pw@x', 'https://x?key=1', 7])(
    'refuses the address %j',
    (apiUrl) => {
      expect(() => flagsmith({ environmentKey, apiUrl: apiUrl as string })).toThrow(/`apiUrl`/);
    },
  );

  it.each([[{ a: 1 }], [{ 'a b': 'x' }], [{ a: 'x\r\ny' }], ['a']])(
    'refuses the headers %j',
    (headers) => {
      expect(() => flagsmith({ environmentKey, headers: headers as never })).toThrow(/header/);
    },
  );

  it('is told apart by its address and key, and does not show the key', () => {
    const ids = [
      flagsmith({ environmentKey }).id,
      flagsmith({ environmentKey: 'ser.another' }).id,
      flagsmith({ environmentKey, apiUrl: 'https://self.hosted/api/v1' }).id,
      flagsmithRemote({ environmentKey }).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.join()).not.toContain('secret');
  });

  it('has what it is asked to have', () => {
    const source = flagsmith({
      environmentKey,
      realtime: true,
      events: true,
      analytics: true,
      offline: './flagsmith.json',
      defaultFlag: () => undefined,
    });
    expect(source.updates?.request(compile(shop))?.url).toBe(
      'https://realtime.flagsmith.com/sse/environments/shop-environment/stream',
    );
    expect(source.updates?.request(undefined)).toBeUndefined();
    expect(source.exposures?.request([]).url).toBe('https://events.api.flagsmith.com/v1/events');
    expect(source.usage?.request({ a: 1 })).toMatchObject({
      url: 'https://edge.api.flagsmith.com/api/v1/analytics/flags/',
      body: '{"a":1}',
    });
    expect(source.fallback).toMatchObject({ kind: 'file', path: './flagsmith.json' });
    expect(source.missing?.('any')).toBeUndefined();
  });

  it.each(['', '  ', 7])('refuses %j as the path of an offline document', (path) => {
    expect(() => flagsmithFile(path as string)).toThrow(/flagsmithFile needs the path/);
    expect(() => flagsmith({ environmentKey, offline: path as string })).toThrow(
      /`offline`|INVALID|environment document/,
    );
  });

  it('carries a document given in code', () => {
    expect(flagsmithDefinitions(shop).definitions).toEqual({ kind: 'inline', value: shop });
    expect(() => flagsmithDefinitions({} as FlagsmithDocument)).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });
});

describe('flags that Flagsmith does not have', () => {
  const source = flagsmith({
    environmentKey: 'ser.key',
    defaultFlag: (name) => {
      if (name === 'broken') throw new Error('no idea');
      return name === 'banner' ? { enabled: true, value: 'hello' } : undefined;
    },
  });
  const snapshot = createSnapshot(source.compile(shop), {});

  it('are what the application says, marked as such', () => {
    const banner = snapshot.resolve('banner');
    expect(banner).toMatchObject({ value: 'hello', reason: 'DEFAULT' });
    expect(banner.flagMetadata).toMatchObject({ isDefault: true });
    expect(select(banner, 'boolean')).toBe(true);
  });

  it('do not exist where the application says nothing', () => {
    expect(snapshot.resolve('other').errorCode).toBe('FLAG_NOT_FOUND');
  });

  it('are an error where the application fails', () => {
    expect(snapshot.resolve('broken')).toMatchObject({
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('no idea'),
    });
  });

  it('are refused as anything but a function', () => {
    expect(() => flagsmith({ environmentKey: 'ser.key', defaultFlag: {} as never })).toThrow(
      /`defaultFlag` must be a function/,
    );
  });
});

describe('a resolution', () => {
  const resolve = (key: string, context = {}) =>
    createSnapshot(compile(shop), context).resolve(key);

  it('has Flagsmith’s reason and variant beside OpenFeature’s', () => {
    expect(resolve('button', visitor)).toMatchObject({
      value: 'red',
      variant: 'warm',
      reason: 'SPLIT',
      flagMetadata: {
        enabled: true,
        featureId: 5,
        'flagsmith.reason': 'SPLIT; weight=40',
        'flagsmith.variant': 'warm',
      },
    });
  });

  it.each([
    ['page-size', staff, 'TARGETING_MATCH', 'TARGETING_MATCH; segment=staff'],
    ['page-size', visitor, 'DEFAULT', 'DEFAULT'],
    ['page-size', {}, 'STATIC', 'DEFAULT'],
    ['retired', staff, 'DISABLED', 'DEFAULT'],
    ['retired', visitor, 'TARGETING_MATCH', 'TARGETING_MATCH; segment=identity_overrides'],
  ])('of %s for %j has the reason %s', (key, context, reason, own) => {
    const resolution = resolve(key, context);
    expect(resolution.reason).toBe(reason);
    expect(resolution.flagMetadata?.['flagsmith.reason']).toBe(own);
  });
});
