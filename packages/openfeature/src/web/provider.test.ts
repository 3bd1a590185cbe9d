import { encodeBootstrap, type FlagsBootstrap, type FlagValue } from '@halyard/core';
import { createFlagStore } from '@halyard/react/store';
import { OpenFeature as ServerApi } from '@openfeature/server-sdk';
import { type Client, OpenFeature, ProviderStatus } from '@openfeature/web-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { logEvents } from '../fixtures/event-log.ts';
import { HalyardWebProvider } from './index.ts';

const VALUES = { boolean: true, string: 'red', number: 7, object: { shown: 3 } };

const READS: Readonly<Record<string, (client: Client, key: string) => object>> = {
  boolean: (client, key) => client.getBooleanDetails(key, false),
  string: (client, key) => client.getStringDetails(key, 'none'),
  number: (client, key) => client.getNumberDetails(key, 0),
  object: (client, key) => client.getObjectDetails(key, { shown: 0 }),
};
const DEFAULTS: Readonly<Record<string, FlagValue>> = {
  boolean: false,
  string: 'none',
  number: 0,
  object: { shown: 0 },
};

const PAIRS = Object.keys(READS).flatMap((type) =>
  Object.keys(READS).map((key) => [type, key] as const),
);

afterEach(() => OpenFeature.clearProviders());

describe('a read', () => {
  it.each(PAIRS)('as %s of a flag of type %s', (type, key) => {
    OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES)));
    const details = READS[type]?.(OpenFeature.getClient(), key);
    if (type === key) {
      const value = VALUES[key as keyof typeof VALUES];
      const variant = JSON.stringify(value);
      expect(details).toEqual({
        flagKey: key,
        value,
        variant,
        reason: 'TARGETING_MATCH',
        flagMetadata: {},
      });
      return;
    }
    expect(details).toMatchObject({
      value: DEFAULTS[type],
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: `flag "${key}" was read as ${type} but is of type ${key}`,
    });
    expect(details).not.toHaveProperty('variant', expect.anything());
  });

  it.each(['missing', 'constructor', '__proto__', 'toString'])(
    'of %s, which was not sent, gives the default and FLAG_NOT_FOUND',
    (key) => {
      OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES)));
      expect(OpenFeature.getClient().getStringDetails(key, 'none')).toMatchObject({
        value: 'none',
        reason: 'ERROR',
        errorCode: 'FLAG_NOT_FOUND',
        errorMessage: expect.stringContaining(`"${key}"`),
      });
    },
  );

  it('of a list as an object, where the backend takes it for none, does not speak of null', () => {
    const list = { value: [1], reason: 'STATIC' } as const;
    const values = encodeBootstrap('v1', [['list', list, { object: null }]]);
    OpenFeature.setProvider(new HalyardWebProvider(values));
    expect(OpenFeature.getClient().getObjectDetails('list', {})).toMatchObject({
      errorCode: 'TYPE_MISMATCH',
      errorMessage: 'flag "list" was read as object, which its value is not',
    });
  });

  it('of anything, while the values are still on their way, is PROVIDER_NOT_READY', () => {
    const store = createFlagStore(new Promise<FlagsBootstrap>(() => {}));
    OpenFeature.setProvider(new HalyardWebProvider(store));
    expect(OpenFeature.getClient().getBooleanDetails('boolean', false)).toMatchObject({
      value: false,
      errorCode: 'PROVIDER_NOT_READY',
    });
  });

  it('of anything, where no map arrived, says why', () => {
    OpenFeature.setProvider(new HalyardWebProvider(null as unknown as FlagsBootstrap));
    const details = OpenFeature.getClient().getBooleanDetails('boolean', false);
    expect(details).toMatchObject({ value: false, reason: 'ERROR' });
    expect(details.errorCode).not.toBe('FLAG_NOT_FOUND');
  });
});

describe('the provider', () => {
  it('is READY the moment it is set, so the first read gives the value', () => {
    OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES)));
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.READY);
    expect(OpenFeature.getClient().getBooleanValue('boolean', false)).toBe(true);
  });

  it('serves one domain only: it holds the values of one context', () => {
    const provider = new HalyardWebProvider(bootstrapOf(VALUES));
    OpenFeature.setProvider('shop', provider);
    expect(() => OpenFeature.setProvider('blog', provider)).toThrow('more than one domain');
  });

  it('is refused by the server SDK, and says its name', () => {
    const provider = new HalyardWebProvider(bootstrapOf(VALUES));
    expect(() => ServerApi.setProvider(provider as never)).toThrow(
      "Provider 'halyard/web' is intended for use on the client",
    );
  });

  it('hands tracked events on, with the context of its domain', async () => {
    const onTrack = vi.fn();
    OpenFeature.setProvider('shop', new HalyardWebProvider(bootstrapOf(VALUES), { onTrack }));
    await OpenFeature.setContext('shop', { targetingKey: 'ada' });
    OpenFeature.getClient('shop').track('purchase', { value: 2 });
    expect(onTrack).toHaveBeenCalledExactlyOnceWith(
      'purchase',
      { targetingKey: 'ada' },
      { value: 2 },
    );
    await OpenFeature.clearContexts();
  });

  it('offers no tracking without somebody to track', () => {
    expect(new HalyardWebProvider(bootstrapOf(VALUES)).track).toBeUndefined();
  });
});

describe('an update', () => {
  it('reports the flags that were added, removed and changed, and no other', () => {
    const provider = new HalyardWebProvider(
      bootstrapOf({ same: { a: 1 }, changed: 1, gone: true }),
    );
    const log = logEvents(provider.events, ['PROVIDER_CONFIGURATION_CHANGED']);
    provider.update(bootstrapOf({ same: { a: 1 }, changed: 2, added: 'x' }));
    expect(log).toEqual([
      { event: 'PROVIDER_CONFIGURATION_CHANGED', flagsChanged: ['gone', 'changed', 'added'] },
    ]);
    OpenFeature.setProvider(provider);
    expect(OpenFeature.getClient().getNumberValue('changed', 0)).toBe(2);
  });

  it('that changes nothing reports nothing', () => {
    const provider = new HalyardWebProvider(bootstrapOf(VALUES));
    const log = logEvents(provider.events, ['PROVIDER_CONFIGURATION_CHANGED']);
    provider.update(bootstrapOf(VALUES));
    provider.update({ ...bootstrapOf(VALUES), version: 'v2' });
    expect(log).toEqual([]);
  });

  it('of a shared store is reported as well, until the provider is closed', async () => {
    const store = createFlagStore(bootstrapOf({ a: 1 }));
    const provider = new HalyardWebProvider(store);
    const log = logEvents(provider.events, ['PROVIDER_CONFIGURATION_CHANGED']);
    store.update(bootstrapOf({ a: 2 }));
    await provider.onClose();
    await provider.onClose();
    store.update(bootstrapOf({ a: 3 }));
    expect(log).toEqual([{ event: 'PROVIDER_CONFIGURATION_CHANGED', flagsChanged: ['a'] }]);
  });
});

describe('exposures', () => {
  it('are counted for reads that gave the value, and for no other', () => {
    const expose = vi.fn();
    OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES), { expose }));
    const client = OpenFeature.getClient();
    client.getStringValue('string', 'none');
    client.getNumberValue('string', 0);
    client.getStringValue('missing', 'none');
    expect(expose.mock.calls).toEqual([['string']]);
  });

  it('are not counted for a flag that is disabled, whatever it is read as', () => {
    const expose = vi.fn();
    const off = { value: false, reason: 'DISABLED' } as const;
    const values = encodeBootstrap('v1', [['off', off, { boolean: false }]]);
    OpenFeature.setProvider(new HalyardWebProvider(values, { expose }));
    const client = OpenFeature.getClient();
    expect(client.getBooleanDetails('off', true)).toMatchObject({
      value: false,
      reason: 'DISABLED',
    });
    expect(client.getStringDetails('off', 'none')).toMatchObject({
      value: 'none',
      reason: 'DISABLED',
    });
    expect(expose).not.toHaveBeenCalled();
  });

  it('cannot change what is read, even when counting fails', () => {
    const expose = () => {
      throw new Error('down');
    };
    OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES), { expose }));
    const error = vi.fn();
    const client = OpenFeature.getClient().setLogger({ error, warn() {}, info() {}, debug() {} });
    expect(client.getStringDetails('string', 'none')).toMatchObject({
      value: 'red',
      reason: 'TARGETING_MATCH',
    });
    expect(error).toHaveBeenCalledOnce();
  });
});

it('runs the hooks it is given with every read', () => {
  const seen: string[] = [];
  const hooks = [{ after: () => void seen.push('after'), error: () => void seen.push('error') }];
  OpenFeature.setProvider(new HalyardWebProvider(bootstrapOf(VALUES), { hooks }));
  OpenFeature.getClient().getBooleanValue('boolean', false);
  OpenFeature.getClient().getBooleanValue('missing', false);
  expect(seen).toEqual(['after', 'error']);
});
