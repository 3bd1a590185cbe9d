import type { FlagsBootstrap } from '@halyard/core';
import { OpenFeature, ProviderStatus } from '@openfeature/web-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { deferred } from '../fixtures/deferred.ts';
import { type LoggedEvent, logEvents } from '../fixtures/event-log.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardWebProvider, type HalyardWebProviderOptions } from './index.ts';

const CONTEXT_EVENTS = [
  'PROVIDER_RECONCILING',
  'PROVIDER_CONTEXT_CHANGED',
  'PROVIDER_ERROR',
] as const;

let log: LoggedEvent[];

function register(refresh: HalyardWebProviderOptions['refresh']) {
  const provider = new HalyardWebProvider(bootstrapOf({ plan: 'free' }), { refresh });
  OpenFeature.setProvider('shop', provider);
  const client = OpenFeature.getClient('shop');
  log = logEvents(client, CONTEXT_EVENTS);
  return client;
}

beforeEach(() => {
  OpenFeature.setLogger(QUIET);
});

afterEach(async () => {
  await OpenFeature.clearContexts();
  await OpenFeature.clearProviders();
});

describe('setContext', () => {
  it('asks for new values, keeps the old ones meanwhile, then reports the change', async () => {
    const arrival = deferred<FlagsBootstrap>();
    const refresh = vi.fn(() => arrival.promise);
    const client = register(refresh);
    const changed = OpenFeature.setContext('shop', { targetingKey: 'ada' });
    expect(client.providerStatus).toBe(ProviderStatus.RECONCILING);
    expect(client.getStringValue('plan', 'none')).toBe('free');
    arrival.resolve(bootstrapOf({ plan: 'pro' }));
    await changed;
    expect(client.getStringValue('plan', 'none')).toBe('pro');
    expect(refresh).toHaveBeenCalledExactlyOnceWith({ targetingKey: 'ada' });
    expect(log.map(({ event }) => event)).toEqual([
      'PROVIDER_RECONCILING',
      'PROVIDER_CONTEXT_CHANGED',
    ]);
  });

  it('without anybody to ask keeps the values', async () => {
    const client = register(undefined);
    await OpenFeature.setContext('shop', { targetingKey: 'ada' });
    expect(client.getStringValue('plan', 'none')).toBe('free');
    expect(client.providerStatus).toBe(ProviderStatus.READY);
  });

  it('keeps the values also when there are no new ones', async () => {
    const client = register(() => undefined);
    await OpenFeature.setContext('shop', { targetingKey: 'ada' });
    expect(client.getStringValue('plan', 'none')).toBe('free');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the server is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the server is down'))],
  ])('keeps the values when asking %s, and the next change works again', async (_how, failing) => {
    const refresh = vi.fn<NonNullable<HalyardWebProviderOptions['refresh']>>(failing);
    const client = register(refresh);
    await OpenFeature.setContext('shop', { targetingKey: 'ada' });
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(client.getStringValue('plan', 'none')).toBe('free');
    refresh.mockImplementation(async () => bootstrapOf({ plan: 'pro' }));
    await OpenFeature.setContext('shop', { targetingKey: 'bob' });
    expect(client.getStringValue('plan', 'none')).toBe('pro');
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(log.at(-1)?.event).toBe('PROVIDER_CONTEXT_CHANGED');
  });

  it('twice at once ends with the values of the last context, whichever answer comes last', async () => {
    const arrivals = new Map([
      ['ada', deferred<FlagsBootstrap>()],
      ['bob', deferred<FlagsBootstrap>()],
    ]);
    const client = register(({ targetingKey = '' }) => arrivals.get(targetingKey)?.promise);
    const first = OpenFeature.setContext('shop', { targetingKey: 'ada' });
    const second = OpenFeature.setContext('shop', { targetingKey: 'bob' });
    arrivals.get('bob')?.resolve(bootstrapOf({ plan: 'of bob' }));
    await second;
    arrivals.get('ada')?.resolve(bootstrapOf({ plan: 'of ada' }));
    await first;
    expect(client.getStringValue('plan', 'none')).toBe('of bob');
  });
});
