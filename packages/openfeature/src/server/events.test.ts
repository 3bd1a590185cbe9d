import { HalyardError } from '@halyard/core';
import { OpenFeature, ProviderEvents, ProviderStatus } from '@openfeature/server-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoggedEvent, logEvents } from '../fixtures/event-log.ts';
import { FakeClient } from '../fixtures/fake-client.ts';
import { nextEvent } from '../fixtures/next-event.ts';
import { HalyardServerProvider } from './index.ts';

const ALL = Object.values(ProviderEvents);
const FAILED = new HalyardError('flagd', 'REQUEST_FAILED', 'the file is gone');
const BROKEN = new HalyardError('flagd', 'INVALID_DEFINITIONS', 'not JSON');

let fake: FakeClient;
let provider: HalyardServerProvider;

beforeEach(() => {
  fake = new FakeClient();
  provider = new HalyardServerProvider({ client: fake });
});

afterEach(() => OpenFeature.clearProviders());

/** Registers the provider and waits until it may speak for itself. */
async function register(): Promise<LoggedEvent[]> {
  await OpenFeature.setProviderAndWait(provider).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 1));
  return logEvents(provider.events, ALL);
}

describe('registering a provider', () => {
  it('runs READY handlers once: the SDK announces it, the provider does not', async () => {
    fake.supply();
    const announced = logEvents(OpenFeature.getClient(), ALL);
    await register();
    expect(announced).toEqual([{ event: 'PROVIDER_READY' }]);
  });

  it('runs READY handlers once also when definitions arrive while it waits', async () => {
    const announced = logEvents(OpenFeature.getClient(), ALL);
    fake.ready = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      fake.become('ready');
      fake.emit('configurationChanged', { flagsChanged: ['a'], version: '1', diagnostics: [] });
      return fake.status();
    };
    await register();
    expect(announced).toEqual([{ event: 'PROVIDER_READY' }]);
  });

  it('with old definitions ends in STALE, and they are served', async () => {
    fake.supply();
    fake.flags.set('flag', { value: true, reason: 'STALE' });
    fake.become('stale');
    const stale = nextEvent(provider.events, 'PROVIDER_STALE');
    await OpenFeature.setProviderAndWait(provider);
    await stale;
    const client = OpenFeature.getClient();
    expect(client.providerStatus).toBe(ProviderStatus.STALE);
    expect(await client.getBooleanDetails('flag', false)).toMatchObject({
      value: true,
      reason: 'STALE',
    });
  });
});

describe('without definitions', () => {
  it('registering rejects with the reason, and the status is ERROR', async () => {
    fake.become('error', FAILED);
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({
      code: 'GENERAL',
      message: expect.stringContaining('the file is gone'),
    });
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.ERROR);
  });

  it('registering rejects also when it is not known why', async () => {
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({
      message: expect.stringContaining('did not arrive in time'),
    });
  });

  it('READY follows when they arrive', async () => {
    fake.become('error', FAILED);
    const log = await register();
    fake.become('ready');
    expect(log).toEqual([{ event: 'PROVIDER_READY' }]);
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.READY);
  });

  it('READY follows also when they arrive while the SDK is told of the failure', async () => {
    const ready = nextEvent(provider.events, 'PROVIDER_READY');
    const registered = OpenFeature.setProviderAndWait(provider);
    await registered.catch(() => fake.become('ready'));
    await ready;
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.READY);
  });

  it('broken ones are a PARSE_ERROR, from which the provider recovers', async () => {
    fake.become('error', BROKEN);
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({
      code: 'PARSE_ERROR',
    });
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.ERROR);
  });

  it('broken ones in code are fatal: they never change', async () => {
    Object.assign(fake.source, { definitions: { kind: 'inline', value: null } });
    fake.become('error', BROKEN);
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({
      code: 'PROVIDER_FATAL',
    });
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.FATAL);
  });

  it('a closed client is fatal', async () => {
    await fake.supply().close();
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toMatchObject({
      code: 'PROVIDER_FATAL',
      message: expect.stringContaining('closed'),
    });
    expect(await OpenFeature.getClient().getBooleanDetails('flag', true)).toMatchObject({
      value: true,
      errorCode: 'PROVIDER_FATAL',
    });
  });
});

describe('a running provider', () => {
  let log: LoggedEvent[];

  beforeEach(async () => {
    fake.supply();
    log = await register();
  });

  it('reports new definitions with the flags that changed', () => {
    fake.emit('configurationChanged', { flagsChanged: ['a', 'b'], version: '2', diagnostics: [] });
    expect(log).toEqual([{ event: 'PROVIDER_CONFIGURATION_CHANGED', flagsChanged: ['a', 'b'] }]);
  });

  it('reports STALE, then READY', () => {
    fake.become('stale');
    const { STALE, READY } = ProviderStatus;
    expect(OpenFeature.getClient().providerStatus).toBe(STALE);
    fake.become('ready');
    expect(log).toEqual([
      { event: 'PROVIDER_STALE', message: 'the definitions are old' },
      { event: 'PROVIDER_READY' },
    ]);
    expect(OpenFeature.getClient().providerStatus).toBe(READY);
  });

  it('reports ERROR with message and code, and goes on evaluating', async () => {
    fake.flags.set('flag', { value: true, reason: 'STATIC' });
    fake.become('error', BROKEN);
    expect(log).toEqual([
      { event: 'PROVIDER_ERROR', message: BROKEN.message, errorCode: 'PARSE_ERROR' },
    ]);
    expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.ERROR);
    expect(await OpenFeature.getClient().getBooleanValue('flag', false)).toBe(true);
  });

  it('reports each transition once', () => {
    fake.become('stale');
    fake.become('stale');
    expect(log).toHaveLength(1);
  });

  it('says nothing of a failed refresh while the definitions are good', () => {
    fake.emit('error', { error: FAILED, status: fake.status() });
    expect(log).toEqual([]);
  });

  it('says nothing once it is closed', async () => {
    await provider.onClose();
    fake.become('stale');
    fake.emit('configurationChanged', { flagsChanged: ['a'], version: '2', diagnostics: [] });
    expect(log).toEqual([]);
    expect(fake.listenerCount).toBe(0);
  });

  it('closed right after registration never speaks either', async () => {
    const initialized = provider.initialize();
    await provider.onClose();
    await expect(initialized).rejects.toMatchObject({ message: expect.stringContaining('closed') });
    fake.become('stale');
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(log).toEqual([]);
  });
});
