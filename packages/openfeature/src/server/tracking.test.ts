import type { TrackingEndpoint } from '@halyard/core';
import { startHttpServer } from '@halyard/testing';
import { OpenFeature } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../fixtures/deferred.ts';
import { FakeClient } from '../fixtures/fake-client.ts';
import { recordingSource } from '../gherkin/recording-source.ts';
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

describe("where the source's backend takes events", () => {
  const tracking: TrackingEndpoint = { request: () => ({ url: 'http://127.0.0.1:1' }) };

  it('tells it of them, with the merged context', async () => {
    const client = new FakeClient().supply();
    Object.assign(client.source, { tracking });
    await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client }));
    OpenFeature.setContext({ region: 'eu' });
    OpenFeature.getClient().track('purchase', { targetingKey: 'ada' }, { value: 9.5 });
    expect(client.tracked).toEqual([
      ['purchase', { region: 'eu', targetingKey: 'ada' }, { value: 9.5 }],
    ]);
  });

  it('leaves it to `onTrack` instead, if that is given', async () => {
    const client = new FakeClient().supply();
    Object.assign(client.source, { tracking });
    const onTrack = vi.fn();
    await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client, onTrack }));
    OpenFeature.getClient().track('purchase');
    expect(onTrack).toHaveBeenCalledOnce();
    expect(client.tracked).toEqual([]);
  });

  it('uses the client of the moment, also after it was closed and registered again', async () => {
    const server = await startHttpServer({});
    const source = {
      ...recordingSource(() => {}),
      tracking: { request: () => ({ url: server.url, method: 'POST' as const }) },
    };
    const provider = new HalyardServerProvider({ source });
    await OpenFeature.setProviderAndWait(provider);
    await OpenFeature.clearProviders();
    await OpenFeature.setProviderAndWait(provider);
    OpenFeature.getClient().track('purchase');
    await provider.client?.flush();
    expect(provider.client?.status().tracking).toMatchObject({ delivered: 1 });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });
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

it('leaves nothing unhandled when both a sink and the logger fail', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const asked = vi.fn(() => {
    throw new Error('disk full');
  });
  const provider = new HalyardServerProvider({
    client: new FakeClient().supply(),
    onTrack: () => Promise.reject(new Error('down')),
    logger: { warn: asked },
  });
  await OpenFeature.setProviderAndWait(provider);
  OpenFeature.getClient().track('purchase');
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  // Node tells of them when a turn's promises have settled.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
