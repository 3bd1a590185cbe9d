import type { FlagOutcome, Resolution } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listing, numbersIn, schemaOfListing } from '../fixtures/random-schema.ts';
import { canonicalJson } from './canonical-json.ts';
import { numberOf, type Schema, schemaOf } from './schema.ts';

const fingerprintOf = ({ fingerprint }: Schema) => fingerprint.toString('hex');
const schemaFor = (outcomes: readonly FlagOutcome[] | undefined, source = 'table') =>
  schemaOf(source, ['color'], () => outcomes);
const RED: FlagOutcome = { value: 'red', variant: 'warm' };
const BLUE: FlagOutcome = { value: 'blue', variant: 'cold' };

describe('the numbers of outcomes', () => {
  it('name each outcome once, and the outcome without a value always', () => {
    fc.assert(
      fc.property(listing, (flags) => {
        for (const { key, outcomes, numbers } of schemaOfListing(flags).flags) {
          expect(outcomes[0]).toEqual({});
          const texts = outcomes.map(canonicalJson);
          expect(new Set(texts).size).toBe(texts.length);
          expect([...numbers.keys()]).toEqual(texts);
          const given = new Set(flags.get(key)?.map(canonicalJson)).add('{}');
          expect(new Set(texts)).toEqual(given);
        }
      }),
    );
  });

  it('are found again by what a flag resolved to', () => {
    const schemas = listing.map((flags) => schemaOfListing(flags));
    const choices = schemas.chain((schema) =>
      numbersIn(schema).map((numbers) => ({ schema, numbers })),
    );
    fc.assert(
      fc.property(choices, ({ schema, numbers }) => {
        schema.flags.forEach((flag, i) => {
          const number = numbers[i] ?? 0;
          const outcome = flag.outcomes[number];
          expect(numberOf(flag, { ...outcome, reason: 'SPLIT', flagMetadata: { a: 1 } })).toBe(
            number,
          );
        });
      }),
    );
  });

  it.each<[what: string, resolution: Resolution, number: number | undefined]>([
    ['an error, whatever it came with', { ...RED, reason: 'ERROR', errorCode: 'GENERAL' }, 0],
    ['no value', { reason: 'DISABLED' }, 0],
    ['the value of another variant', { value: 'red', variant: 'cold', reason: 'SPLIT' }, undefined],
    ['what is not listed', { value: 'green', reason: 'SPLIT' }, undefined],
    ['what JSON cannot carry', { value: 7n as never, reason: 'SPLIT' }, undefined],
  ])('%s', (_what, resolution, number) => {
    const [flag] = schemaFor([RED, BLUE]).flags;
    expect(flag && numberOf(flag, resolution)).toBe(number);
  });
});

describe('a fingerprint', () => {
  const before = fingerprintOf(schemaFor([RED, BLUE]));

  it.each<[what: string, schema: Schema]>([
    ['the order of outcomes', schemaFor([BLUE, RED])],
    ['the order of properties', schemaFor([{ variant: 'warm', value: 'red' }, BLUE])],
    ['an outcome listed twice', schemaFor([RED, BLUE, { ...RED }])],
    ['that no value is listed', schemaFor([RED, BLUE, {}])],
  ])('does not depend on %s', (_what, schema) => {
    expect(fingerprintOf(schema)).toBe(before);
  });

  it.each<[what: string, schema: Schema]>([
    ['one more outcome', schemaFor([RED, BLUE, { value: 'green' }])],
    ['one fewer', schemaFor([RED])],
    ['none', schemaFor(undefined)],
    ['another value', schemaFor([{ ...RED, value: 'scarlet' }, BLUE])],
    ['the same in another type', schemaFor([{ ...RED, value: ['red'] }, BLUE])],
    ['another variant', schemaFor([{ ...RED, variant: 'hot' }, BLUE])],
    ['on or off', schemaFor([{ ...RED, enabled: true }, BLUE])],
    ['a payload', schemaFor([{ ...RED, payload: 1 }, BLUE])],
    ['another backend', schemaFor([RED, BLUE], 'other')],
    ['another key', schemaOf('table', ['colour'], () => [RED, BLUE])],
    ['another flag beside it', schemaOf('table', ['color', 'size'], () => [RED, BLUE])],
  ])('tells of %s', (_what, schema) => {
    expect(fingerprintOf(schema)).not.toBe(before);
  });

  it('tells whose outcomes are whose', () => {
    const listed = (a: readonly FlagOutcome[], b: readonly FlagOutcome[]) =>
      fingerprintOf(schemaOf('table', ['a', 'b'], (key) => (key === 'a' ? a : b)));
    expect(listed([RED, BLUE], [])).not.toBe(listed([RED], [BLUE]));
  });

  it('sees the order of properties deep inside of a value, but not that of a list', () => {
    const nested = (value: FlagOutcome['value']) => fingerprintOf(schemaFor([{ value }]));
    expect(nested([{ a: { x: 1, y: [1, 2] }, b: 2 }])).toBe(
      nested([{ b: 2, a: { y: [1, 2], x: 1 } }]),
    );
    expect(nested([{ a: 1 }, { b: 2 }])).not.toBe(nested([{ b: 2 }, { a: 1 }]));
    expect(nested(JSON.parse('{"__proto__": {"a": 1}}'))).not.toBe(nested({}));
  });
});

describe('a list of outcomes that is none', () => {
  const ring: Record<string, unknown> = {};
  ring.self = ring;

  it('leaves the flag to its default, and its neighbour alone', () => {
    const schema = schemaOf('table', ['bad', 'good'], (key) =>
      key === 'bad' ? [RED, { value: ring as never }] : [RED, BLUE],
    );
    expect(schema.flags.map(({ outcomes }) => outcomes.length)).toEqual([1, 3]);
  });
});
