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
    expect(Object.getPrototypeOf(encoded.values)).toBe(Object.prototype);
  });

  it('fits the other flags when something on the way drops __proto__', () => {
    const entries = ['__proto__', 'a', 'z'].map(
      (name) => [name, { value: name, variant: name, reason: 'SPLIT' }] as const,
    );
    const encoded = travel(encodeBootstrap('v1', entries));
    // biome-ignore lint/suspicious/noProto: an own property here
    delete (encoded.values as Record<string, unknown>).__proto__;
    expect([...decodeBootstrap(encoded)]).toEqual([
      ['a', { value: 'a', variant: 'a', reason: 'SPLIT' }],
      ['z', { value: 'z', variant: 'z', reason: 'SPLIT' }],
    ]);
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
    expect(encoded).toEqual({ version: 'v1', values: { on: true, null: null }, reasons: '12' });
  });

  it('has no variants when no flag has one, and null where a flag has none', () => {
    const on: Resolution = { value: true, reason: 'STATIC' };
    expect(encodeBootstrap('v1', [['a', on]])).not.toHaveProperty('variants');
    const encoded = encodeBootstrap('v1', [
      ['a', on],
      ['b', { ...on, variant: '' }],
    ]);
    expect(encoded.variants).toEqual([null, '']);
  });

  it('takes each reason to a digit of its own', () => {
    const entries = REASONS.map((reason, i) => [`f${i}`, { value: i, reason }] as const);
    const encoded = encodeBootstrap('v1', entries);
    expect(new Set(encoded.reasons).size).toBe(10);
    expect(encoded.reasons).toHaveLength(10);
  });

  it('takes a reason it does not know for UNKNOWN', () => {
    const reason = 'NEWLY_INVENTED' as ResolutionReason;
    expect(encodeBootstrap('v1', [['a', { value: 1, reason }]]).reasons).toBe('0');
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
  const values = { a: 1, b: 2 };

  it.each([
    ['missing variants and reasons', { version: 'v1', values }],
    ['short variants and reasons', { version: 'v1', values, reasons: '', variants: [] }],
    ['null variants', { version: 'v1', values, reasons: '', variants: null }],
    ['signs it does not know', { version: 'v1', values, reasons: '?_' }],
  ])('tolerates %s', (_what, bootstrap) => {
    expect([...decodeBootstrap(bootstrap as unknown as FlagsBootstrap)]).toEqual([
      ['a', { value: 1, variant: undefined, reason: 'UNKNOWN' }],
      ['b', { value: 2, variant: undefined, reason: 'UNKNOWN' }],
    ]);
  });

  it('finds no flags where there are no values', () => {
    expect(decodeBootstrap({ version: 'v1' } as FlagsBootstrap).size).toBe(0);
    expect(decodeBootstrap({ version: 'v1', values: {}, reasons: '11' }).size).toBe(0);
  });

  it('finds no flags that are not there', () => {
    const flags = decodeBootstrap({ version: 'v1', values, reasons: '11' });
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(flags.get(name)).toBeUndefined();
    }
  });
});

function withValue(entries: readonly (readonly [string, Resolution])[]) {
  return entries.filter(([, { value }]) => value !== undefined);
}
