import { startFlagsmithEmulator } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, local, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({ features: [feature('color', { enabled: true, feature_state_value: color })] });
const FORBIDDEN = { status: 403, body: { detail: 'ser.emulator may not read this.' } };

describe('a key that the API refuses', () => {
  it('is an error that says so, and does not repeat the key', async () => {
    const emulator = await serve(documentOf('red'));
    const client = connect(local(emulator, { environmentKey: 'ser.mistyped' }));
    const { state, origin, lastError } = await client.refresh();
    expect({ state, origin }).toEqual({ state: 'error', origin: undefined });
    expect(lastError).toMatchObject({ code: 'REQUEST_FAILED' });
    expect(lastError?.message).toContain('was answered 403');
    expect(lastError?.message).toContain('Invalid or missing Environment Key');
    expect(lastError?.message).toContain('/api/v1/environment-document/');
    expect(lastError?.message).not.toContain('ser.mistyped');
  });

  it('is not repeated either where the answer, or the log, would', async () => {
    const emulator = await serve(documentOf('red'));
    emulator.fail('environment-document', FORBIDDEN);
    const log: string[] = [];
    const client = connect(local(emulator), { logger: { warn: (line) => log.push(line) } });
    const { lastError } = await client.refresh();
    expect(lastError?.message).toContain('may not read this.');
    expect(log.join()).toContain('may not read this.');
    const details = client.resolve('color', 'none');
    expect(details).toMatchObject({ value: 'none', errorCode: 'PROVIDER_NOT_READY' });
    expect(JSON.stringify([lastError, lastError?.message, log, details])).not.toContain(
      emulator.serverKey,
    );
  });

  it('leaves the definitions in use, until it is good again', async () => {
    const emulator = await serve(documentOf('red'));
    const client = connect(local(emulator));
    await client.ready();
    emulator.publish(documentOf('blue'));
    emulator.fail('environment-document', FORBIDDEN);
    for (let failed = 1; failed <= 3; failed++) {
      expect(await client.refresh()).toMatchObject({ state: 'ready', refreshes: { failed } });
      expect(client.resolve('color', 'none').value).toBe('red');
    }
    emulator.fail('environment-document', undefined);
    expect((await client.refresh()).lastError).toBeUndefined();
    expect(client.resolve('color', 'none').value).toBe('blue');
  });

  it('serves from the moment on at which it is admitted', async () => {
    const strict = await startFlagsmithEmulator({ document: documentOf('red') });
    const client = connect(local(strict, { environmentKey: 'ser.new' }));
    expect((await client.refresh()).state).toBe('error');
    const { port } = strict;
    await strict.close();
    await serve(documentOf('blue'), { port, serverKey: 'ser.new' });
    const ready = next(client, 'ready');
    await client.refresh();
    expect(await ready).toMatchObject({ state: 'ready', origin: 'source', flagCount: 1 });
    expect(client.resolve('color', 'none').value).toBe('blue');
  });
});
