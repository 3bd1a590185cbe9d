import { garbage, type Reply } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, next, remote } from '../fixtures/emulated.ts';
import { byEngine } from '../fixtures/remote-answers.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({ features: [feature('color', { enabled: true, feature_state_value: color })] });
const ANN = { targetingKey: 'ann' };

async function asked(options: Parameters<typeof remote>[1] = {}) {
  const emulator = await serve(documentOf('red'), { evaluate: byEngine });
  return { emulator, client: connect(remote(emulator, options)) };
}

const FAULTS: readonly (readonly [string, Reply])[] = [
  ['a reset connection', { fault: 'reset' }],
  ['an answer that breaks off', { fault: 'truncate' }],
  ['an answer that is not HTTP', { fault: 'garble' }],
  ['an answer that is not JSON', { body: garbage(100) }],
  ['an answer without flags', { body: { traits: [] } }],
  ['a failure of the server', { status: 500 }],
  ['a key that is refused', { status: 403 }],
];

describe('remote evaluation that fails', () => {
  it.each(FAULTS)('by %s gives defaults that say why, and recovers', async (_how, fault) => {
    const { emulator, client } = await asked();
    emulator.fail('identities', fault);
    const failed = (await client.load(ANN)).details('color', 'none');
    expect(failed).toMatchObject({ value: 'none', reason: 'ERROR', errorCode: 'GENERAL' });
    expect(failed.errorMessage).toContain('the backend did not evaluate');
    expect(failed.errorMessage).not.toContain(emulator.clientKey);
    expect(client.status()).toMatchObject({
      state: 'error',
      origin: undefined,
      remote: { requests: 1, failed: 1 },
    });
    const ready = next(client, 'ready');
    emulator.fail('identities', undefined);
    expect((await client.load(ANN)).get('color', 'none')).toBe('red');
    expect(await ready).toMatchObject({ state: 'ready', remote: { requests: 2, failed: 1 } });
  });

  it('for one flag of an answer leaves the others alone', async () => {
    const { emulator, client } = await asked();
    const flagOf = (name: string, rest: object = {}) => ({
      feature: { id: 1, name },
      enabled: true,
      feature_state_value: name,
      ...rest,
    });
    const flags = [flagOf('odd', { enabled: 'yes' }), null, {}, flagOf('size', { variant: 5 })];
    emulator.fail('identities', { body: { flags: [...flags, flagOf('color')] } });
    const ann = await client.load(ANN);
    expect(ann.get('color', 'none')).toBe('color');
    expect(ann.get('size', 'none')).toBe('size');
    expect(ann.details('odd', 'none')).toMatchObject({ value: 'none', errorCode: 'PARSE_ERROR' });
    expect([...ann.all().keys()]).toEqual(['odd', 'size', 'color']);
  });

  it('is not waited for longer than the deadline', async () => {
    const { emulator, client } = await asked();
    emulator.fail('identities', { fault: 'hang' });
    const ann = await client.load(ANN, { deadline: 50 });
    expect(ann.details('color', 'none').errorMessage).toContain('not answered within 50 ms');
  });

  it('is an error of the context where that cannot be sent, and asks nobody', async () => {
    const { emulator, client } = await asked();
    const circular: Record<string, unknown> = { toString: undefined, valueOf: undefined };
    const ann = await client.load({ ...ANN, plan: circular as never });
    expect(ann.details('color', 'none')).toMatchObject({ errorCode: 'INVALID_CONTEXT' });
    expect(emulator.requests).toEqual([]);
  });
});

describe('without an answer', () => {
  it('the offline document is evaluated here, until there is one', async () => {
    const { emulator, client } = await asked({ offline: documentOf('offline') });
    emulator.fail('identities', { status: 503 });
    const ann = await client.load(ANN);
    expect(ann.details('color', 'none')).toMatchObject({ value: 'offline', reason: 'DEFAULT' });
    expect(client.status()).toMatchObject({ state: 'error', origin: 'fallback', flagCount: 1 });
    emulator.fail('identities', undefined);
    expect((await client.load(ANN)).get('color', 'none')).toBe('red');
    expect(client.status()).toMatchObject({ state: 'ready', origin: 'source' });
  });

  it('flags are what the application says, and where it says nothing they are errors', async () => {
    const { emulator, client } = await asked({
      defaultFlag: (name) => (name === 'color' ? { enabled: true, value: 'grey' } : undefined),
    });
    emulator.fail('identities', { status: 503 });
    const ann = await client.load(ANN);
    expect(ann.details('color', 'none')).toMatchObject({
      value: 'grey',
      reason: 'DEFAULT',
      flagMetadata: { isDefault: true },
    });
    expect(ann.details('size', 'none')).toMatchObject({ value: 'none', errorCode: 'GENERAL' });
  });

  it('and with one, flags that are not in it are what the application says', async () => {
    const { client } = await asked({ defaultFlag: () => ({ enabled: true, value: 'grey' }) });
    const ann = await client.load(ANN);
    expect([ann.get('color', 'none'), ann.get('other', 'none')]).toEqual(['red', 'grey']);
  });
});
