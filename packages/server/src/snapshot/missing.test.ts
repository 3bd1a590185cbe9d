import type { Resolution } from '@halyard/core';
import { afterEach, describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { fileSource } from '../fixtures/plain-source.ts';
import { createFlagClient, type FlagClient, memorySink } from '../index.ts';

const DEFAULTS: Readonly<Record<string, Resolution>> = {
  color: { value: 'grey', reason: 'DEFAULT', flagMetadata: { 'made-up': true } },
};

let client: FlagClient;
afterEach(() => client.close());

function open(missing: ((key: string) => Resolution | undefined) | undefined) {
  const source = { ...fileSource('/nowhere/flags.json'), ...(missing && { missing }) };
  const sink = memorySink();
  client = createFlagClient({ source, exposures: { sink }, logger: testLogger() });
  return sink;
}

describe('flags without any definitions', () => {
  it('are what the source says they are', async () => {
    const sink = open((key) => DEFAULTS[key]);
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    expect(snapshot.get('color', 'none')).toBe('grey');
    expect(snapshot.details('color', 'none')).toEqual({
      flagKey: 'color',
      value: 'grey',
      variant: undefined,
      reason: 'DEFAULT',
      flagMetadata: { 'made-up': true },
    });
    expect(snapshot.resolve('color')).toBe(DEFAULTS.color);
    expect(snapshot.explain('color').resolution).toBe(DEFAULTS.color);
    expect(snapshot.all().size).toBe(0);
    expect(snapshot.details('color', 5).errorCode).toBe('TYPE_MISMATCH');
    await client.flush();
    expect(sink.exposures).toEqual([]);
  });

  it.each<[what: string, missing: ((key: string) => undefined) | undefined]>([
    ['does not say', undefined],
    ['has nothing to say', () => undefined],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('are errors when the source %s', (_what, missing) => {
    open(missing);
    const expected = { reason: 'ERROR', errorCode: 'PROVIDER_NOT_READY' };
    expect(client.snapshot().details('color', 'none')).toMatchObject({
      value: 'none',
      ...expected,
    });
    expect(client.snapshot().get('color', 'none')).toBe('none');
    expect(client.snapshot().resolve('color')).toMatchObject(expected);
    expect(client.snapshot().explain('color').resolution).toMatchObject(expected);
  });

  it('of a closed client are what the source says they are, too', async () => {
    open((key) => DEFAULTS[key]);
    await client.close();
    expect(client.snapshot().get('color', 'none')).toBe('grey');
    expect(client.snapshot().details('size', 1).errorMessage).toContain('the client is closed');
  });
});
