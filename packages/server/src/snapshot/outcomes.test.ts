import type { FlagOutcome, Ruleset } from '@halyard/core';
import { afterEach, describe, expect, it } from 'vitest';
import { next, testLogger } from '../fixtures/observe.ts';
import { fileSource, inlineSource, type PlainDocument } from '../fixtures/plain-source.ts';
import { remoteEvaluation } from '../fixtures/remote-source.ts';
import { createFlagClient, type FlagClient } from '../index.ts';

const COLORS: readonly FlagOutcome[] = [{ value: 'red', variant: 'warm' }, { value: 'blue' }];

const outcomesOf = (key: string) => (key === 'color' ? COLORS : undefined);

let client: FlagClient;
afterEach(() => client.close());

/** A snapshot of a client whose backend has this in its rulesets. */
function snapshotWith(parts: Partial<Ruleset>) {
  const source = inlineSource({ color: { value: 'red', variant: 'warm' } });
  const compile = (document: PlainDocument) => Object.assign(source.compile(document), parts);
  const remote = remoteEvaluation('http://localhost:1');
  client = createFlagClient({
    source: { ...source, remote, compile },
    transport: { maxAttempts: 1 },
    logger: testLogger(),
  });
  return client.snapshot();
}

describe('what a flag can come out as', () => {
  it('is what the definitions of the snapshot say', () => {
    const snapshot = snapshotWith({ outcomesOf });
    expect(snapshot.outcomesOf('color')).toBe(COLORS);
    expect(snapshot.outcomesOf('nope')).toBeUndefined();
  });

  it('stays the same when the backend has decided what was open', async () => {
    const remote = { kind: 'requires-server', cause: 'cohort' } as const;
    const open = { reason: 'ERROR', errorCode: 'GENERAL', remote } as const;
    const snapshot = snapshotWith({ outcomesOf, resolve: () => open, resolveAll: () => [open] });
    const completed = await snapshot.complete();
    expect(completed).not.toBe(snapshot);
    expect(completed.outcomesOf('color')).toBe(COLORS);
  });

  it('is not known where the backend cannot list it, or fails to', () => {
    expect(snapshotWith({}).outcomesOf('color')).toBeUndefined();
    const throwing = () => {
      throw new Error('no list');
    };
    expect(snapshotWith({ outcomesOf: throwing }).outcomesOf('color')).toBeUndefined();
  });

  it('is not known without definitions', async () => {
    client = createFlagClient({ source: fileSource('/nowhere/flags.json'), logger: testLogger() });
    expect(client.snapshot().outcomesOf('color')).toBeUndefined();
    await next(client, 'error');
    expect(client.snapshot().outcomesOf('color')).toBeUndefined();
  });
});
