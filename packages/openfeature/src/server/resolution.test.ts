import type { FlagValue, Resolution } from '@halyard/core';
import { type Client, OpenFeature } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClient } from '../fixtures/fake-client.ts';
import { HalyardServerProvider } from './index.ts';

const VALUES: readonly [type: 'Boolean' | 'String' | 'Number' | 'Object', value: FlagValue][] = [
  ['Boolean', true],
  ['String', 'red'],
  ['Number', 7],
  ['Object', { shown: 3 }],
];

const DEFAULTS = { Boolean: false, String: 'none', Number: 0, Object: { shown: 0 } };

const READS = {
  Boolean: (client: Client, key: string) => client.getBooleanDetails(key, DEFAULTS.Boolean),
  String: (client: Client, key: string) => client.getStringDetails(key, DEFAULTS.String),
  Number: (client: Client, key: string) => client.getNumberDetails(key, DEFAULTS.Number),
  Object: (client: Client, key: string) => client.getObjectDetails(key, DEFAULTS.Object),
};

async function clientOf(flags: Record<string, Resolution>): Promise<[Client, FakeClient]> {
  const fake = new FakeClient().supply();
  for (const [key, resolution] of Object.entries(flags)) fake.flags.set(key, resolution);
  await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client: fake }));
  return [OpenFeature.getClient(), fake];
}

afterEach(() => OpenFeature.clearProviders());

describe.each(VALUES)('a %s flag', (type, value) => {
  it('is read with its variant, reason and metadata', async () => {
    const flagMetadata = { owner: 'shop', since: 3, public: true };
    const [client] = await clientOf({
      flag: { value, variant: 'v1', reason: 'TARGETING_MATCH', flagMetadata },
    });
    const details = await READS[type](client, 'flag');
    expect(details).toEqual({
      flagKey: 'flag',
      value,
      variant: 'v1',
      reason: 'TARGETING_MATCH',
      flagMetadata,
    });
    expect(details).not.toHaveProperty('errorCode', expect.anything());
  });

  it.each(VALUES.filter(([other]) => other !== type).map(([other]) => other))(
    'read as %s gives the default and TYPE_MISMATCH',
    async (other) => {
      const [client] = await clientOf({ flag: { value, variant: 'v1', reason: 'STATIC' } });
      const details = await READS[other](client, 'flag');
      expect(details).toMatchObject({
        value: DEFAULTS[other],
        reason: 'ERROR',
        errorCode: 'TYPE_MISMATCH',
        errorMessage: expect.stringContaining('"flag"'),
      });
      expect(details.variant).toBeUndefined();
    },
  );
});

describe('a backend that lets a value of another type through', () => {
  it('is caught by the provider, since the SDK does not check', async () => {
    const [client, fake] = await clientOf({ flag: { value: 'red', reason: 'STATIC' } });
    Object.assign(fake.source, { select: ({ value }: Resolution) => value });
    expect(await client.getBooleanDetails('flag', false)).toMatchObject({
      value: false,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: 'flag "flag" was read as boolean but is of type string',
    });
  });

  it('also when it is null', async () => {
    const [client, fake] = await clientOf({ flag: { value: null, reason: 'STATIC' } });
    Object.assign(fake.source, { select: ({ value }: Resolution) => value });
    expect(await client.getStringDetails('flag', 'none')).toMatchObject({
      value: 'none',
      errorCode: 'TYPE_MISMATCH',
    });
  });
});

describe('a null default', () => {
  it('asks for an object', async () => {
    const [client] = await clientOf({
      object: { value: [1, 2], reason: 'STATIC' },
      text: { value: 'red', reason: 'STATIC' },
    });
    expect(await client.getObjectValue('object', null)).toEqual([1, 2]);
    expect(await client.getObjectDetails('text', null)).toMatchObject({
      value: null,
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it('comes back as null where the flag has no value', async () => {
    const [client] = await clientOf({ off: { reason: 'DISABLED' } });
    const details = await client.getObjectDetails('off', null);
    expect(details.value).toBeNull();
    expect(details.reason).toBe('DISABLED');
  });
});

it('an error is told apart from a value also where the default is NaN', async () => {
  const [client] = await clientOf({});
  expect(await client.getNumberDetails('missing', Number.NaN)).toMatchObject({
    value: Number.NaN,
    errorCode: 'FLAG_NOT_FOUND',
  });
});

describe('a flag without a value', () => {
  it.each(['DISABLED', 'DEFAULT'] as const)('gives the default with reason %s', async (reason) => {
    const [client] = await clientOf({ flag: { reason } });
    const details = await client.getNumberDetails('flag', 5);
    expect(details).toMatchObject({ value: 5, reason });
    expect(details.errorCode).toBeUndefined();
  });
});

it.each([
  'PROVIDER_NOT_READY',
  'FLAG_NOT_FOUND',
  'PARSE_ERROR',
  'TYPE_MISMATCH',
  'TARGETING_KEY_MISSING',
  'INVALID_CONTEXT',
  'GENERAL',
] as const)('the error code %s reaches the caller, with its message and metadata', async (code) => {
  const [client] = await clientOf({
    flag: {
      reason: 'ERROR',
      errorCode: code,
      errorMessage: 'what went wrong',
      flagMetadata: { owner: 'shop' },
    },
  });
  expect(await client.getStringDetails('flag', 'none')).toEqual({
    flagKey: 'flag',
    value: 'none',
    reason: 'ERROR',
    errorCode: code,
    errorMessage: 'what went wrong',
    flagMetadata: { owner: 'shop' },
  });
});

it('the context reaches the backend as it is, merged by the SDK', async () => {
  const fake = new FakeClient().supply();
  const provider = new HalyardServerProvider({ client: fake });
  const context = Object.freeze({ targetingKey: 'ada', plan: 'pro', since: new Date(0) });
  await provider.resolveBooleanEvaluation('flag', false, context);
  expect(fake.reads[0]?.context).toBe(context);
});
