import { startFlagsmithEmulator, temporaryFolder } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, eventually, local, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({
    features: [feature('color', { enabled: true, feature_state_value: color })],
    identities: [identity('ann', [override('color', `${color} for ann`)])],
  });
const ANN = { targetingKey: 'ann' };

/** The address of an API that is down for now. */
async function addressOfNobody() {
  const emulator = await startFlagsmithEmulator({ document: documentOf('old') });
  await emulator.close();
  return emulator;
}

describe('an offline document', () => {
  it('given in code serves while the API is down, and makes way for it', async () => {
    const nobody = await addressOfNobody();
    const client = connect(local(nobody, { offline: documentOf('offline') }));
    expect(client.resolve('color', 'none', ANN).value).toBe('offline for ann');
    expect(await client.ready()).toMatchObject({ state: 'error', origin: 'fallback' });
    expect(client.resolve('color', 'none')).toMatchObject({ value: 'offline', reason: 'STATIC' });

    await serve(documentOf('online'), { port: nobody.port });
    const changed = next(client, 'configurationChanged');
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(client.resolve('color', 'none', ANN).value).toBe('online for ann');
  });

  it('in a file serves while the API is down, and makes way for it', async () => {
    const folder = await temporaryFolder();
    try {
      const offline = await folder.save('flagsmith.json', JSON.stringify(documentOf('offline')));
      const nobody = await addressOfNobody();
      const client = connect(local(nobody, { offline }));
      expect(await client.ready()).toMatchObject({ state: 'error', origin: 'fallback' });
      expect(client.resolve('color', 'none', ANN).value).toBe('offline for ann');
      await serve(documentOf('online'), { port: nobody.port });
      expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
      expect(client.resolve('color', 'none').value).toBe('online');
    } finally {
      await folder.cleanUp();
    }
  });

  it('is replaced even where the API has the very same one', async () => {
    const emulator = await serve(documentOf('red'));
    const client = connect(local(emulator, { offline: documentOf('red') }));
    await client.refresh();
    expect(client.status()).toMatchObject({ state: 'ready', origin: 'source' });
    const [request] = emulator.requestsTo('environment-document');
    expect(request?.headers).not.toHaveProperty('if-modified-since');
  });

  it('does not come back once the API has answered', async () => {
    const emulator = await serve(documentOf('online'));
    const client = connect(local(emulator, { offline: documentOf('offline') }));
    await client.ready();
    emulator.fail('environment-document', { status: 500 });
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
    expect(client.resolve('color', 'none').value).toBe('online');
  });

  it('that cannot be read is a warning, and the API serves', async () => {
    const emulator = await serve(documentOf('online'));
    const log: string[] = [];
    const offline = '/nowhere/flagsmith.json';
    const client = connect(local(emulator, { offline }), { logger: { warn: (m) => log.push(m) } });
    expect(await client.ready()).toMatchObject({ state: 'ready', origin: 'source' });
    await eventually(() =>
      expect(log).toEqual([expect.stringContaining('no fallback definitions')]),
    );
  });
});

describe('default flags', () => {
  const defaultFlag = (name: string) =>
    name === 'color' ? { enabled: true, value: 'grey' } : undefined;

  it('are all there is when there is nothing at all', async () => {
    const client = connect(local(await addressOfNobody(), { defaultFlag }));
    await client.refresh();
    expect(client.status()).toMatchObject({ state: 'error', origin: undefined, flagCount: 0 });
    expect(client.resolve('color', 'none', ANN)).toMatchObject({
      value: 'grey',
      reason: 'DEFAULT',
      flagMetadata: { isDefault: true },
    });
    expect(client.resolve('color', false, ANN).value).toBe(true);
    expect(client.resolve('size', 'none', ANN)).toMatchObject({
      value: 'none',
      errorCode: 'PROVIDER_NOT_READY',
    });
  });

  it('make way for the real ones, and go on to stand for those that are missing', async () => {
    const nobody = await addressOfNobody();
    const client = connect(
      local(nobody, { defaultFlag: () => ({ enabled: true, value: 'grey' }) }),
    );
    await client.refresh();
    await serve(documentOf('online'), { port: nobody.port });
    await client.refresh();
    expect(client.resolve('color', 'none').value).toBe('online');
    expect(client.resolve('size', 'none').value).toBe('grey');
  });
});
