import { createFlagClient, type FlagClient } from '@halyard/server';
import { OpenFeature, ProviderStatus } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClient } from '../fixtures/fake-client.ts';
import { recordingSource } from '../gherkin/recording-source.ts';
import { HalyardServerProvider } from './index.ts';

const source = recordingSource(() => {});

afterEach(() => OpenFeature.clearProviders());

function ownClientOf(provider: HalyardServerProvider): FlagClient {
  const { client } = provider;
  if (client === undefined) throw new Error('the provider has no client of its own');
  return client;
}

describe('a provider over a given client', () => {
  it('names its backend, and claims no client', () => {
    const provider = new HalyardServerProvider({ client: new FakeClient() });
    expect(provider.metadata.name).toBe('halyard/fake');
    expect(provider.runsOn).toBe('server');
    expect(provider.client).toBeUndefined();
  });

  it('leaves the client open when it is closed itself', async () => {
    const client = createFlagClient({ source });
    const provider = new HalyardServerProvider({ client });
    await OpenFeature.setProviderAndWait(provider);
    await OpenFeature.clearProviders();
    expect(client.status().state).toBe('ready');
    await client.close();
  });

  it('can be registered again', async () => {
    const fake = new FakeClient().supply();
    const provider = new HalyardServerProvider({ client: fake });
    await OpenFeature.setProviderAndWait(provider);
    await OpenFeature.clearProviders();
    await OpenFeature.setProviderAndWait(provider);
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.READY);
    expect(fake.listenerCount).toBe(4);
  });
});

describe('a provider over options', () => {
  it('has a client of its own', async () => {
    const provider = new HalyardServerProvider({ source });
    expect(ownClientOf(provider).source).toBe(source);
    await OpenFeature.setProviderAndWait(provider);
    expect(await OpenFeature.getClient().getBooleanValue('some-flag', false)).toBe(true);
  });

  it('closes it once, however often it is closed itself', async () => {
    const provider = new HalyardServerProvider({ source });
    const close = vi.spyOn(ownClientOf(provider), 'close');
    await Promise.all([provider.onClose(), provider.onClose()]);
    await provider.onClose();
    expect(close).toHaveBeenCalledOnce();
    expect(ownClientOf(provider).status().state).toBe('closed');
  });

  it('makes a new one when it is registered again', async () => {
    const provider = new HalyardServerProvider({ source });
    const first = ownClientOf(provider);
    await OpenFeature.setProviderAndWait(provider);
    await OpenFeature.clearProviders();
    await OpenFeature.setProviderAndWait(provider);
    expect(ownClientOf(provider)).not.toBe(first);
    expect(await OpenFeature.getClient().getBooleanValue('some-flag', false)).toBe(true);
  });

  it('refuses options that make no client, at once', () => {
    const options = { source: undefined } as unknown as { source: typeof source };
    expect(() => new HalyardServerProvider(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});

describe('a provider of two domains', () => {
  it('is initialised once and closed with the last of them', async () => {
    const provider = new HalyardServerProvider({ source });
    const client = ownClientOf(provider);
    await OpenFeature.setProviderAndWait('shop', provider);
    await OpenFeature.setProviderAndWait('blog', provider);
    expect(await OpenFeature.getClient('blog').getBooleanValue('some-flag', false)).toBe(true);
    const other = new HalyardServerProvider({ client: new FakeClient().supply() });
    await OpenFeature.setProviderAndWait('shop', other);
    expect(client.status().state).toBe('ready');
    await OpenFeature.setProviderAndWait('blog', other);
    expect(client.status().state).toBe('closed');
  });
});
