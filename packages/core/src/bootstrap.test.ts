import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from './fixtures/texts.ts';
import {
  decodeBootstrap,
  encodeBootstrap,
  errorResolution,
  type FlagsBootstrap,
  type FlagValue,
  REASONS,
  type Resolution,
  type ResolutionReason,
} from './index.ts';

/** What the bootstrap goes through on its way to the browser. */
const travel = (bootstrap: FlagsBootstrap): FlagsBootstrap => JSON.parse(JSON.stringify(bootstrap));

const key = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.nat(40).map(String),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '4294967295',
    '-1',
    '01',
  ),
);
const resolution: fc.Arbitrary<Resolution> = fc.record(
  {
    value: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<FlagValue>,
    variant: fc.string({ maxLength: 8 }),
    reason: fc.constantFrom(...REASONS),
  },
  { requiredKeys: ['reason'] },
);

describe('a round trip', () => {
  it('brings every flag that has a value, whatever its key', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, resolution)), (entries) => {
        const decoded = decodeBootstrap(travel(encodeBootstrap('v1', entries)));
        // What JSON itself changes (-0, for one) is not the bootstrap's doing.
        const expected = new Map(JSON.parse(JSON.stringify([...new Map(withValue(entries))])));
        expect(new Set(decoded.keys())).toEqual(new Set(expected.keys()));
        for (const [flagKey, flag] of decoded) {
          expect({ variant: undefined, ...(expected.get(flagKey) as object) }).toEqual(flag);
        }
      }),
      sample(1_000),
    );
  });

  it('keeps keys that the language moves or treats specially', () => {
    const keys = ['b', '__proto__', '10', 'a', '2', 'constructor', '01'];
    const encoded = encodeBootstrap(
      'v1',
      keys.map((name, i) => [name, { value: i, variant: name, reason: REASONS[i] ?? 'UNKNOWN' }]),
    );
    const decoded = decodeBootstrap(travel(encoded));
    for (const [i, name] of keys.entries()) {
      expect(decoded.get(name)).toEqual({ value: i, variant: name, reason: REASONS[i] });
    }
  });

  it('brings keys that hold what stands between keys', () => {
    const keys = ['two words', '', ' ', 'plain'];
    const entries = keys.map((name) => [name, { value: true, reason: 'SPLIT' }] as const);
    expect([...decodeBootstrap(travel(encodeBootstrap('v1', entries))).keys()]).toEqual(keys);
  });

  it('brings what a flag is as other types', () => {
    const as = { boolean: true, string: '5' };
    const entries = [
      ['plain', { value: 5, reason: 'SPLIT' }],
      ['typed', { value: 5, reason: 'SPLIT' }, as],
      ['named', { value: 5, variant: 'five', reason: 'SPLIT' }, as],
    ] as const;
    const decoded = decodeBootstrap(travel(encodeBootstrap('v1', entries)));
    expect(decoded.get('plain')?.as).toBeUndefined();
    expect(decoded.get('typed')).toEqual({ value: 5, reason: 'SPLIT', variant: undefined, as });
    expect(decoded.get('named')).toEqual({ value: 5, reason: 'SPLIT', variant: 'five', as });
  });
});

describe('encoding', () => {
  it('leaves out errors and flags without a value', () => {
    const encoded = encodeBootstrap('v1', [
      ['on', { value: true, reason: 'STATIC' }],
      ['off', { reason: 'DISABLED' }],
      ['broken', errorResolution('PARSE_ERROR', 'because')],
      ['odd', { ...errorResolution('GENERAL', 'because'), value: true }],
      ['null', { value: null, reason: 'DEFAULT' }],
    ]);
    expect(encoded.outcomes).toEqual([
      ['on', true, 1],
      ['null', null, 2],
    ]);
  });

  it('leaves out what JSON cannot tell, and nothing else', () => {
    const circular: Record<string, FlagValue> = {};
    circular.itself = circular;
    const entries = [circular, 1n as unknown as FlagValue, 'red'].map(
      (value, i) => [`f${i}`, { value, reason: 'STATIC' }] as const,
    );
    expect(encodeBootstrap('v1', entries).outcomes).toEqual([['f2', 'red', 1]]);
  });

  it('names together the flags that came out alike, and only those', () => {
    const on: Resolution = { value: true, reason: 'STATIC' };
    const entries = [
      ['a', on],
      ['b', { ...on, value: 'true' }],
      ['c', { ...on, variant: '' }],
      ['d', { ...on, variant: 'on' }],
      ['e', { ...on, reason: 'SPLIT' }],
      ['f', on, { string: 'on' }],
      ['g', on],
      ['h', { ...on, variant: 'on' }],
      ['i', { ...on, value: { list: [1] } }],
      ['j', { ...on, value: { list: [1] } }],
    ] as const;
    expect(encodeBootstrap('v1', entries).outcomes).toEqual([
      ['a g', true, 1],
      ['b', 'true', 1],
      ['c', true, 1, ''],
      ['d h', true, 1, 'on'],
      ['e', true, 4],
      ['f', true, 1, null, { string: 'on' }],
      ['i j', { list: [1] }, 1],
    ]);
  });

  it('takes each reason to a number of its own', () => {
    const entries = REASONS.map((reason, i) => [`f${i}`, { value: i, reason }] as const);
    const places = encodeBootstrap('v1', entries).outcomes.map(([, , place]) => place);
    expect(places).toEqual([...REASONS.keys()]);
  });

  it('takes a reason it does not know for UNKNOWN', () => {
    const reason = 'NEWLY_INVENTED' as ResolutionReason;
    expect(encodeBootstrap('v1', [['a', { value: 1, reason }]]).outcomes).toEqual([['a', 1, 0]]);
  });

  it('gives equal bytes for equal input', () => {
    const entries = ['b', 'a', '1'].map((name) => [name, { value: 1, reason: 'STATIC' }] as const);
    expect(JSON.stringify(encodeBootstrap('v1', entries))).toBe(
      JSON.stringify(encodeBootstrap('v1', new Map(entries))),
    );
  });

  it('carries nothing but values, variants, reasons and the version', () => {
    const rich: Resolution = {
      value: 1,
      variant: 'a',
      reason: 'SPLIT',
      flagMetadata: { secret: 'metadata' },
      payload: { secret: 'payload' },
      remote: { kind: 'inconclusive', cause: 'secret' },
    };
    expect(JSON.stringify(encodeBootstrap('v1', [['f', rich]]))).not.toContain('secret');
  });
});

describe('decoding', () => {
  it.each([
    ['no reason', ['a b', 1]],
    ['a reason it does not know', ['a b', 1, 99]],
    ['neither reason nor variant', [['a', 'b'], 1, null, null]],
  ])('tolerates %s', (_what, outcome) => {
    const bootstrap = { version: 'v1', outcomes: [outcome] } as unknown as FlagsBootstrap;
    const flag = { value: 1, variant: undefined, reason: 'UNKNOWN', as: undefined };
    expect([...decodeBootstrap(bootstrap)]).toEqual([
      ['a', flag],
      ['b', flag],
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['a map without outcomes', { version: 'v1' }],
    ['an outcome that is none', { version: 'v1', outcomes: [null] }],
    ['keys that are none', { version: 'v1', outcomes: [[1, true, 1]] }],
  ])('refuses %s', (_what, bootstrap) => {
    expect(() => decodeBootstrap(bootstrap as unknown as FlagsBootstrap)).toThrow(TypeError);
  });

  it('finds no flags that are not there', () => {
    const flags = decodeBootstrap({ version: 'v1', outcomes: [['a b', 1, 1]] });
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(flags.get(name)).toBeUndefined();
    }
  });
});

function withValue(entries: readonly (readonly [string, Resolution])[]) {
  return entries.filter(([, { value }]) => value !== undefined);
}
