import type { FlagOutcome } from '@halyard/core';
import { afterEach, describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { fileSource, inlineSource, type PlainDocument } from '../fixtures/plain-source.ts';
import { createFlagClient, type FlagClient, memorySink, type ResolutionEvent } from '../index.ts';

const FLAGS: PlainDocument = {
  color: { value: 'red', variant: 'warm', reason: 'SPLIT', flagMetadata: { experiment: 7 } },
  checkout: { value: false },
  silent: {},
  broken: { throws: 'kaboom' },
};
const BLUE: FlagOutcome = { value: 'blue', variant: 'cold' };
const ann = { targetingKey: 'ann' };

let client: FlagClient;
afterEach(() => client.close());

function open() {
  const sink = memorySink();
  client = createFlagClient({
    source: inlineSource(FLAGS),
    exposures: { sink },
    logger: testLogger(),
  });
  return sink;
}

const choose = (...chosen: [string, FlagOutcome][]) =>
  client.snapshot(ann).overridden(new Map(chosen));

describe('a flag for which somebody has chosen', () => {
  it('comes out as chosen in every read, marked, with what the backend says of it', () => {
    open();
    const snapshot = choose(['color', BLUE], ['silent', { value: 3 }]);
    expect(snapshot.get('color', '')).toBe('blue');
    expect(snapshot.details('color', '')).toEqual({
      flagKey: 'color',
      value: 'blue',
      variant: 'cold',
      reason: 'OVERRIDE',
      flagMetadata: { experiment: 7, 'halyard.override': true },
    });
    expect(snapshot.resolve('color')).toMatchObject({ ...BLUE, reason: 'OVERRIDE' });
    expect(snapshot.get('silent', 0)).toBe(3);
    expect(snapshot.details('color', 0)).toMatchObject({ errorCode: 'TYPE_MISMATCH', value: 0 });
  });

  it('comes out so in bulk, where the others and the order stay as they are', () => {
    open();
    const { broken: _, ...sound } = FLAGS;
    client = createFlagClient({ source: inlineSource(sound), logger: testLogger() });
    const before = client.snapshot(ann).all();
    const all = choose(['color', BLUE]).all();
    expect([...all.keys()]).toEqual([...before.keys()]);
    expect(all.get('color')).toMatchObject({ ...BLUE, reason: 'OVERRIDE' });
    expect(all.get('checkout')).toEqual(before.get('checkout'));
  });

  it('is as ever in the snapshot that it was chosen for, and in everybody else’s', () => {
    open();
    const own = client.snapshot(ann);
    expect(own.overridden(new Map([['color', BLUE]])).get('color', '')).toBe('blue');
    expect(own.get('color', '')).toBe('red');
    expect(client.snapshot(ann).details('color', '').reason).toBe('SPLIT');
  });

  it('is explained by what was chosen, and by what it would have been', () => {
    open();
    expect(choose(['color', BLUE]).explain('color')).toMatchObject({
      resolution: { ...BLUE, reason: 'OVERRIDE' },
      steps: [
        {
          kind: 'override',
          path: 'color',
          matched: true,
          detail: { instead: { value: 'red', variant: 'warm', reason: 'SPLIT', errorCode: null } },
        },
      ],
    });
    expect(choose(['color', BLUE]).explain('checkout').steps).toEqual([]);
  });

  it('harms no other: one that fails is an error, chosen or not', () => {
    open();
    const snapshot = choose(['broken', BLUE], ['color', BLUE]);
    expect(snapshot.details('broken', 'x')).toMatchObject({ errorCode: 'GENERAL', value: 'x' });
    expect(snapshot.all().get('color')).toMatchObject(BLUE);
  });

  it('is told to listeners as what it is', () => {
    open();
    const seen: ResolutionEvent[] = [];
    client.on('resolution', (event) => seen.push(event));
    choose(['color', BLUE]).get('color', '');
    expect(seen).toMatchObject([{ details: { value: 'blue', reason: 'OVERRIDE' } }]);
  });
});

describe('exposures of what was chosen', () => {
  it('are counted apart and never sent, whoever reports them', async () => {
    const sink = open();
    const snapshot = choose(['color', BLUE]);
    const details = snapshot.details('color', '');
    snapshot.get('color', '');
    snapshot.expose(['color', 'checkout'], 'client');
    client.expose('color', details, ann);
    await client.flush();
    expect(sink.exposures.map(({ flagKey }) => flagKey)).toEqual(['checkout']);
    expect(client.status().exposures).toMatchObject({ recorded: 1, overridden: 4 });
  });

  it('do not stand for those of the backend’s own outcome', async () => {
    const sink = open();
    choose(['color', { value: 'red', variant: 'warm' }]).get('color', '');
    client.snapshot(ann).get('color', '');
    await client.flush();
    expect(sink.exposures).toMatchObject([{ flagKey: 'color', reason: 'SPLIT' }]);
  });
});

it('has no flags to choose for without definitions', () => {
  client = createFlagClient({ source: fileSource('/nowhere.json'), logger: testLogger() });
  const snapshot = choose(['color', BLUE]);
  expect(snapshot.flagKeys).toEqual([]);
  expect(snapshot.details('color', 'x')).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
});

it('lists the keys of all flags', () => {
  open();
  expect(choose(['color', BLUE]).flagKeys).toEqual(['color', 'checkout', 'silent', 'broken']);
});
