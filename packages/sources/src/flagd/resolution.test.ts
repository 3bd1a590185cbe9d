import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { read, targeted } from './fixtures/read.ts';
import { compile } from './index.ts';

const on = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };

describe('a key that the definitions do not have', () => {
  it('is FLAG_NOT_FOUND, with the metadata of the flag set', () => {
    const document = { metadata: { flagSetId: 'shop' }, flags: { on } };
    expect(read(document, 'missing', false)).toEqual({
      flagKey: 'missing',
      value: false,
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND',
      errorMessage: 'flag "missing" was not found',
      flagMetadata: { flagSetId: 'shop' },
    });
  });
});

describe('a disabled flag', () => {
  it('gives the default with reason DISABLED, without a variant or an error', () => {
    const details = read({ flags: { flag: { ...on, state: 'DISABLED' } } }, 'flag', false);
    expect(details).toEqual({
      flagKey: 'flag',
      value: false,
      reason: 'DISABLED',
      flagMetadata: {},
      isDefault: true,
    });
  });

  it('is not read further, so its broken targeting does not matter', () => {
    const flag = { ...on, state: 'DISABLED', targeting: { nonsense: [] } };
    expect(read({ flags: { flag } }, 'flag', false).reason).toBe('DISABLED');
  });
});

describe('a flag without targeting', () => {
  it.each([
    ['absent', undefined],
    ['an empty object', {}],
    ['null', null],
  ])('gives its default variant with reason STATIC (targeting is %s)', (_name, targeting) => {
    const details = read({ flags: { flag: { ...on, targeting } } }, 'flag', false);
    expect(details).toMatchObject({ value: true, variant: 'on', reason: 'STATIC' });
  });

  it.each([null, undefined, ''])(
    'and without a default variant (%j) gives the default',
    (variant) => {
      const details = read({ flags: { flag: { ...on, defaultVariant: variant } } }, 'flag', false);
      expect(details).toMatchObject({ value: false, reason: 'DEFAULT' });
      expect(details.variant).toBeUndefined();
      expect(details.errorCode).toBeUndefined();
    },
  );
});

describe('targeting', () => {
  it('that does not compile is PARSE_ERROR, naming the flag and the place', () => {
    const document = targeted({ if: [{ nonsense: [1] }, 'on', 'off'] });
    expect(read(document, 'flag', 'fallback')).toMatchObject({
      value: 'fallback',
      reason: 'ERROR',
      errorCode: 'PARSE_ERROR',
      errorMessage: expect.stringMatching(/flag "flag".*targeting\.if\[0\].*nonsense/),
    });
  });

  it('that answers the name of a variant gives its value with reason TARGETING_MATCH', () => {
    const details = read(targeted({ var: 'color' }), 'flag', 'fallback', { color: 'red' });
    expect(details).toMatchObject({ value: 'red', variant: 'red', reason: 'TARGETING_MATCH' });
  });

  it.each([
    [true, 'true'],
    [1, '1'],
    [['a', 'b'], 'a,b'],
  ])('that answers %j names the variant %j', (answer, variant) => {
    const variants = { true: 'yes', '1': 'one', 'a,b': 'list' };
    const document = targeted({ var: 'answer' }, { variants, defaultVariant: null });
    expect(read(document, 'flag', 'fallback', { answer }).variant).toBe(variant);
  });

  it('that answers null gives the default variant with reason DEFAULT', () => {
    const details = read(targeted({ var: 'color' }), 'flag', 'fallback', {});
    expect(details).toMatchObject({ value: 'off', variant: 'off', reason: 'DEFAULT' });
  });

  it('that answers null without a default variant gives the default, without an error', () => {
    const details = read(targeted({ var: 'color' }, { defaultVariant: null }), 'flag', 'fallback');
    expect(details).toEqual({
      flagKey: 'flag',
      value: 'fallback',
      reason: 'DEFAULT',
      flagMetadata: {},
      isDefault: true,
    });
  });

  it.each(['green', ''])('that names the unknown variant %j is GENERAL', (color) => {
    expect(read(targeted({ var: 'color' }), 'flag', 'fallback', { color })).toMatchObject({
      value: 'fallback',
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining(`"${color}"`),
    });
  });

  it('that throws is GENERAL, naming the flag', () => {
    const document = targeted({ '+': [{ var: 'age' }, 1] });
    expect(read(document, 'flag', 'fallback', { age: 'old' })).toMatchObject({
      value: 'fallback',
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('flag "flag"'),
    });
  });
});

describe('the properties that flagd injects', () => {
  const echo = { variants: { flag: 'key', '1767225600': 'seconds' }, defaultVariant: null };

  it('are the key of the flag and the snapshot’s time in whole seconds', () => {
    expect(read(targeted({ var: '$flagd.flagKey' }, echo), 'flag', '').value).toBe('key');
    expect(read(targeted({ var: '$flagd.timestamp' }, echo), 'flag', '').value).toBe('seconds');
  });

  it('cannot be forged by the context', () => {
    const context = { $flagd: { flagKey: 'forged', timestamp: 1, other: 'forged' } };
    expect(read(targeted({ var: '$flagd.flagKey' }, echo), 'flag', '', context).value).toBe('key');
    expect(read(targeted({ var: '$flagd.other' }, echo), 'flag', '', context).reason).toBe(
      'DEFAULT',
    );
    const dynamic = { var: { cat: ['$flagd.', 'flagKey'] } };
    expect(read(targeted(dynamic, echo), 'flag', '', context).value).toBe('key');
  });

  it.each([
    [{ if: [{ var: ['$flagd.flagKey', 'forged'] }] }],
    [{ if: [true, { var: ['$flagd.flagKey', 'forged'] }] }],
    [{ reduce: [[1], { var: '../../$flagd.flagKey' }, 'forged'] }],
    [{ if: [{ var: '$flagd.other' }, 'forged', { var: '$flagd.flagKey' }] }],
    [{ if: [{ var: ['$flagd.other', false] }, 'forged', { var: '$flagd.flagKey' }] }],
    [{ if: [{ missing: '$flagd.other' }, { var: '$flagd.flagKey' }, 'forged'] }],
    [{ if: [{ '==': [{ val: ['$flagd', 'flagKey'] }, 'flag'] }, 'flag', 'forged'] }],
  ])('cannot be forged where rules are evaluated in other ways: %j', (rule) => {
    const context = { $flagd: { flagKey: 'forged', other: 'forged' } };
    expect(read(targeted(rule, echo), 'flag', '', context).value).toBe('key');
  });

  it('are there for rules that read the whole context', () => {
    const rule = { if: [{ missing: ['$flagd.flagKey'] }, null, 'flag'] };
    expect(read(targeted(rule, echo), 'flag', '').value).toBe('key');
  });

  it('have no time when the snapshot has none', () => {
    const rule = { if: [{ '===': [{ var: '$flagd.timestamp' }, null] }, 'on'] };
    const { variant } = createSnapshot(compile(targeted(rule)), {}).resolve('flag');
    expect(variant).toBe('on');
  });
});

describe('a read as another type', () => {
  const flag = (value: unknown) => ({
    state: 'ENABLED',
    variants: { on: value },
    defaultVariant: 'on',
  });

  it.each([
    [true, 'text'],
    ['text', 1],
    [1, true],
    [{ a: 1 }, 'text'],
    ['text', {}],
    [null, {}],
  ])('of %j with the default %j is TYPE_MISMATCH', (value, fallback) => {
    expect(read({ flags: { flag: flag(value) } }, 'flag', fallback)).toMatchObject({
      value: fallback,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it.each([
    [{ a: 1 }, []],
    [[1, 2], {}],
    ['text', null],
    [false, null],
  ])('of %j with the default %j gives the value', (value, fallback) => {
    expect(read({ flags: { flag: flag(value) } }, 'flag', fallback).value).toEqual(value);
  });
});

describe('metadata', () => {
  it('is the flag’s over the flag set’s', () => {
    const document = {
      metadata: { owner: 'shop', tier: 1 },
      flags: { flag: { ...on, metadata: { owner: 'checkout', beta: true } } },
    };
    const { flagMetadata } = read(document, 'flag', false);
    expect(flagMetadata).toEqual({ owner: 'checkout', tier: 1, beta: true });
  });

  it('comes with errors, too', () => {
    const document = targeted({ nonsense: [] }, { metadata: { owner: 'shop' } });
    expect(read(document, 'flag', '').flagMetadata).toEqual({ owner: 'shop' });
  });

  it('has no nested values', () => {
    const document = { flags: { flag: { ...on, metadata: { owner: 'shop', deep: { a: 1 } } } } };
    expect(read(document, 'flag', false).flagMetadata).toEqual({ owner: 'shop' });
  });
});

describe('bulk resolution', () => {
  it('leaves out disabled flags, flags without a value, and flags with an error', () => {
    const flags = {
      off: { ...on, state: 'DISABLED' },
      valueless: { ...on, defaultVariant: null },
      invalid: { ...on, state: 'off' },
      unresolved: { ...on, targeting: { var: 'variant' } },
      fixed: on,
      decided: { ...on, targeting: { if: [{ var: 'beta' }, 'off', 'on'] } },
    };
    const ruleset = compile(JSON.stringify({ flags }));
    const all = createSnapshot(ruleset, { beta: true, variant: 'nowhere' }).all();
    expect([...all].map(([key, { value }]) => [key, value])).toEqual([
      ['fixed', true],
      ['decided', false],
    ]);
    expect(ruleset.flagKeys).toEqual(Object.keys(flags));
  });

  it('gives every snapshot its own answers, also where flags share an evaluator', () => {
    const targeting = { if: [{ $ref: 'insiders' }, 'on', 'off'] };
    const ruleset = compile({
      $evaluators: { insiders: { '==': [{ var: 'plan' }, 'insider'] } },
      flags: { a: { ...on, targeting }, b: { ...on, targeting } } as never,
    });
    const values = (plan: string) =>
      [...createSnapshot(ruleset, { plan }).all().values()].map(({ value }) => value);
    expect(values('insider')).toEqual([true, true]);
    expect(values('free')).toEqual([false, false]);
    expect(values('insider')).toEqual([true, true]);
  });
});

describe('values that are objects', () => {
  it('cannot be changed by whoever reads them, since all visitors get the same one', () => {
    const flag = { state: 'ENABLED', variants: { on: { list: [1] } }, defaultVariant: 'on' };
    const { value } = read({ flags: { flag } }, 'flag', {});
    expect(() => (value as { list: number[] }).list.push(2)).toThrow(TypeError);
  });
});
