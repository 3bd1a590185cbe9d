import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import type { FlagdDocument } from './index.ts';
import { compile } from './index.ts';

const sound = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };

function compiled(flag: unknown) {
  const document = { flags: { sound, flag, alsoSound: sound } };
  const ruleset = compile(document as unknown as FlagdDocument);
  return { ruleset, snapshot: createSnapshot(ruleset, {}) };
}

describe('a flag that makes no sense', () => {
  it.each([
    ['is no object', 'yes', ''],
    ['is null', null, ''],
    ['is a list', [], ''],
    ['has no state', { ...sound, state: undefined }, 'state'],
    ['has an unknown state', { ...sound, state: 'enabled' }, 'state'],
    ['has no variants', { ...sound, variants: undefined }, 'variants'],
    ['has a list of variants', { ...sound, variants: [true] }, 'variants'],
    ['has an unknown default variant', { ...sound, defaultVariant: 'nowhere' }, 'defaultVariant'],
    [
      'has an inherited default variant',
      { ...sound, defaultVariant: 'toString' },
      'defaultVariant',
    ],
    ['has a number as default variant', { ...sound, defaultVariant: 1 }, 'defaultVariant'],
  ])(
    'because it %s is reported and resolves to PARSE_ERROR, and its neighbours work',
    (_name, flag, path) => {
      const { ruleset, snapshot } = compiled(flag);
      expect(ruleset.diagnostics).toEqual([
        { flagKey: 'flag', path, severity: 'error', message: expect.any(String) },
      ]);
      expect(snapshot.resolve('flag')).toMatchObject({
        reason: 'ERROR',
        errorCode: 'PARSE_ERROR',
        errorMessage: expect.stringContaining('"flag"'),
      });
      expect(snapshot.resolve('sound').value).toBe(true);
      expect([...snapshot.all().keys()]).toEqual(['sound', 'alsoSound']);
    },
  );
});

describe('targeting', () => {
  it.each([
    ['an unknown operator', { if: [{ nonsense: [1] }, 'on', 'off'] }, 'targeting.if[0]'],
    ['an operator beside another', { and: [{ '!': [1], '!!': [1] }] }, 'targeting.and[0]'],
    ['no evaluator behind a reference', { if: [{ $ref: 'nobody' }, 'on', 'off'] }, 'targeting'],
  ])('with %s is reported when loading, once, with its place', (_name, targeting, path) => {
    const { ruleset, snapshot } = compiled({ ...sound, targeting });
    const expected = [{ flagKey: 'flag', path, severity: 'error', message: expect.any(String) }];
    expect(ruleset.diagnostics).toEqual(expected);
    expect(snapshot.resolve('flag').errorCode).toBe('PARSE_ERROR');
    expect(ruleset.diagnostics).toEqual(expected);
    expect(snapshot.resolve('sound').value).toBe(true);
  });

  it('that turns out not to compile is reported when its flag is first read', () => {
    const { ruleset, snapshot } = compiled({ ...sound, targeting: { '+': ['not a number', 1] } });
    expect(ruleset.diagnostics).toEqual([]);
    expect(snapshot.resolve('flag').errorCode).toBe('PARSE_ERROR');
    createSnapshot(ruleset, {}).resolve('flag');
    expect(ruleset.diagnostics).toEqual([
      {
        flagKey: 'flag',
        path: expect.stringContaining('targeting'),
        severity: 'error',
        message: expect.any(String),
      },
    ]);
  });

  it('that nests too deep is reported and does not harm the others', () => {
    let targeting: unknown = 'on';
    for (let i = 0; i < 20_000; i++) targeting = { '!': [targeting] };
    const { ruleset, snapshot } = compiled({ ...sound, targeting });
    expect(ruleset.diagnostics[0]).toMatchObject({ flagKey: 'flag', severity: 'error' });
    expect(snapshot.resolve('flag').errorCode).toBe('PARSE_ERROR');
    expect(snapshot.resolve('sound').value).toBe(true);
  });
});

describe('a warning', () => {
  it.each([
    ['variants of several types', { ...sound, variants: { on: true, off: 'no' } }, 'variants.off'],
    [
      'a false default variant',
      { ...sound, defaultVariant: false, targeting: 'on' },
      'defaultVariant',
    ],
    ['a variant that is null', { ...sound, variants: { on: true, off: null } }, 'variants.off'],
    ['nested metadata', { ...sound, metadata: { deep: {} } }, 'metadata'],
    ['metadata that is no object', { ...sound, metadata: 'owner' }, 'metadata'],
    ['an impossible rollout', { ...sound, targeting: { fractional: [['on', 0.5]] } }, 'targeting'],
  ])('tells of %s, and the flag still works', (_name, flag, path) => {
    const { ruleset, snapshot } = compiled(flag);
    expect(ruleset.diagnostics).toEqual([
      { flagKey: 'flag', path, severity: 'warning', message: expect.any(String) },
    ]);
    expect(snapshot.resolve('flag').value).toBe(true);
  });
});

describe('the document', () => {
  it('may list its flags; one without a key is reported and left out', () => {
    const ruleset = compile({ flags: [{ key: 'a', ...sound }, sound] } as unknown as FlagdDocument);
    expect(ruleset.flagKeys).toEqual(['a']);
    expect(createSnapshot(ruleset, {}).resolve('a').value).toBe(true);
    expect(ruleset.diagnostics).toEqual([
      { path: 'flags[1]', severity: 'error', message: expect.any(String) },
    ]);
  });

  it('may list a flag twice; the last one is used', () => {
    const flags = [
      { key: 'a', ...sound },
      { key: 'b', ...sound },
      { key: 'a', ...sound, defaultVariant: 'off' },
    ];
    const ruleset = compile({ flags } as unknown as FlagdDocument);
    expect(ruleset.flagKeys).toEqual(['a', 'b']);
    expect(createSnapshot(ruleset, {}).resolve('a').value).toBe(false);
    expect(ruleset.diagnostics).toMatchObject([{ flagKey: 'a', severity: 'warning' }]);
  });

  it.each([
    ['an evaluator', { $evaluators: { bad: { nonsense: [] } } }, '$evaluators.bad'],
    ['evaluators', { $evaluators: [] }, '$evaluators'],
    ['metadata', { metadata: [] }, 'metadata'],
  ])('is reported for invalid %s', (_name, part, path) => {
    const ruleset = compile({ flags: { sound }, ...part } as unknown as FlagdDocument);
    expect(ruleset.diagnostics).toEqual([
      { path, severity: expect.any(String), message: expect.any(String) },
    ]);
    expect(createSnapshot(ruleset, {}).resolve('sound').value).toBe(true);
  });

  it('that is sound has nothing to report', () => {
    const targeting = { fractional: [{ var: 'email' }, ['on', 1], [{ var: 'variant' }, 2]] };
    expect(compiled({ ...sound, targeting }).ruleset.diagnostics).toEqual([]);
  });
});
