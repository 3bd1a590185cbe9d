import { memorySink } from '@halyard/server';
import { flagdFile, flagdUrl } from '@halyard/sources/flagd';
import { startHttpServer, type TemporaryFolder, temporaryFolder } from '@halyard/testing';
import { OpenFeature, ProviderStatus } from '@openfeature/server-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logEvents } from '../fixtures/event-log.ts';
import { nextEvent } from '../fixtures/next-event.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider } from './index.ts';

/** Definitions in which these flags are on or off for everybody. */
function definitionsOf(flags: Readonly<Record<string, 'on' | 'off'>>): string {
  const variants = { on: true, off: false };
  return JSON.stringify({
    flags: Object.fromEntries(
      Object.entries(flags).map(([key, defaultVariant]) => [
        key,
        { state: 'ENABLED', variants, defaultVariant },
      ]),
    ),
  });
}

const client = OpenFeature.getClient();
let folder: TemporaryFolder;

beforeEach(async () => {
  OpenFeature.setLogger(QUIET);
  folder = await temporaryFolder();
});

afterEach(async () => {
  await OpenFeature.clearProviders();
  await folder.cleanUp();
});

describe('over a flag file', () => {
  it('a provider without its file is in ERROR, and READY once the file is there', async () => {
    const provider = new HalyardServerProvider({
      source: flagdFile(folder.file('flags.json')),
      refresh: { interval: 50 },
      readyTimeout: 10,
      logger: QUIET,
    });
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toThrow('flags.json');
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(await client.getBooleanDetails('banner', false)).toMatchObject({
      value: false,
      errorCode: 'PROVIDER_NOT_READY',
    });
    const ready = nextEvent(provider.events, 'PROVIDER_READY');
    await folder.save('flags.json', definitionsOf({ banner: 'on' }));
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    expect(await client.getBooleanValue('banner', false)).toBe(true);
  });

  it('an edit is reported with the flags that changed, and read at once', async () => {
    const path = await folder.save(
      'flags.json',
      definitionsOf({ same: 'on', edited: 'off', gone: 'on' }),
    );
    const provider = new HalyardServerProvider({ source: flagdFile(path), logger: QUIET });
    await OpenFeature.setProviderAndWait(provider);
    let told: readonly string[] = [];
    provider.client?.on('configurationChanged', ({ flagsChanged }) => {
      told = flagsChanged;
    });
    const changed = nextEvent(provider.events, 'PROVIDER_CONFIGURATION_CHANGED');
    const log = logEvents(provider.events, ['PROVIDER_CONFIGURATION_CHANGED']);
    await folder.save('flags.json', definitionsOf({ same: 'on', edited: 'on', added: 'on' }));
    await changed;
    expect(await client.getBooleanValue('edited', false)).toBe(true);
    expect(log).toEqual([{ event: 'PROVIDER_CONFIGURATION_CHANGED', flagsChanged: told }]);
    expect(told).toEqual(expect.arrayContaining(['added', 'edited', 'gone']));
  });
});

describe('over an address', () => {
  it('goes STALE while its definitions cannot be confirmed, and READY when they can', async () => {
    const body = JSON.parse(definitionsOf({ banner: 'on' })) as unknown;
    const server = await startHttpServer([{ body }, { status: 503 }]);
    const provider = new HalyardServerProvider({
      source: flagdUrl(server.url),
      refresh: { interval: 20, staleAfter: 60, maxBackoff: 20 },
      transport: { maxAttempts: 1 },
      logger: QUIET,
    });
    const stale = nextEvent(provider.events, 'PROVIDER_STALE');
    const ready = nextEvent(provider.events, 'PROVIDER_READY');
    await OpenFeature.setProviderAndWait(provider);
    await stale;
    expect(client.providerStatus).toBe(ProviderStatus.STALE);
    expect(await client.getBooleanDetails('banner', false)).toMatchObject({
      value: true,
      reason: 'STALE',
    });
    server.respond({ body });
    await ready;
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    await OpenFeature.clearProviders();
    await server.close();
  });
});

it('a read through OpenFeature is an exposure, and one that gave the default is none', async () => {
  const path = await folder.save('flags.json', definitionsOf({ banner: 'on' }));
  const sink = memorySink();
  const provider = new HalyardServerProvider({
    source: flagdFile(path),
    exposures: { sink },
    logger: QUIET,
  });
  await OpenFeature.setProviderAndWait(provider);
  const ada = { targetingKey: 'ada' };
  await client.getBooleanValue('banner', false, ada);
  await client.getBooleanValue('banner', false, ada);
  await client.getBooleanValue('missing', false, ada);
  await client.getStringValue('banner', 'none', ada);
  await provider.client?.flush();
  expect(sink.exposures).toMatchObject([
    { flagKey: 'banner', variant: 'on', targetingKey: 'ada', origin: 'server' },
  ]);
});
