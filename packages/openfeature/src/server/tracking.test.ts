import { OpenFeature } from '@openfeature/server-sdk';
import { afterEach, expect, it, vi } from 'vitest';
import { deferred } from '../fixtures/deferred.ts';
import { FakeClient } from '../fixtures/fake-client.ts';
import { HalyardServerProvider } from './index.ts';

afterEach(async () => {
  await OpenFeature.clearProviders();
  OpenFeature.setContext({});
});

it('hands tracked events on, with the merged context', async () => {
  const onTrack = vi.fn();
  const client = new FakeClient().supply();
  await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client, onTrack }));
  OpenFeature.setContext({ region: 'eu' });
  OpenFeature.getClient().track('purchase', { targetingKey: 'ada' }, { value: 9.5, items: 2 });
  expect(onTrack).toHaveBeenCalledExactlyOnceWith(
    'purchase',
    { region: 'eu', targetingKey: 'ada' },
    { value: 9.5, items: 2 },
  );
});

it('offers no tracking without somebody to track', async () => {
  const provider = new HalyardServerProvider({ client: new FakeClient().supply() });
  expect(provider.track).toBeUndefined();
  await OpenFeature.setProviderAndWait(provider);
  expect(() => OpenFeature.getClient().track('purchase')).not.toThrow();
});

it('shields the caller from a sink that throws', async () => {
  const onTrack = () => {
    throw new Error('down');
  };
  const client = new FakeClient().supply();
  await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client, onTrack }));
  expect(() => OpenFeature.getClient().track('purchase')).not.toThrow();
});

it('warns of a sink that rejects', async () => {
  const warned = deferred<string>();
  const provider = new HalyardServerProvider({
    client: new FakeClient().supply(),
    onTrack: async () => {
      throw new Error('down');
    },
    logger: { warn: warned.resolve },
  });
  await OpenFeature.setProviderAndWait(provider);
  OpenFeature.getClient().track('purchase');
  expect(await warned.promise).toBe('[halyard] [openfeature] tracking "purchase" failed: down');
});
