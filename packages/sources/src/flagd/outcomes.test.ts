import type { EvaluationContext } from '@halyard/core';
import { unlistedFlags } from '@halyard/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context, document } from './fixtures/arbitraries.ts';
import { NOW } from './fixtures/read.ts';
import { compile, type FlagdDocument } from './index.ts';

/** What is listed for a flag with these members. */
function listed(flag: object) {
  return compile({ flags: { f1: flag } } as unknown as FlagdDocument).outcomesOf?.('f1');
}

const variants = { red: '#f00', blue: '#00f' };

describe('what a flag can come out as', () => {
  it('is each of its variants, in their order, whatever its targeting', () => {
    const outcomes = [
      { variant: 'red', value: '#f00' },
      { variant: 'blue', value: '#00f' },
    ];
    const flag = { state: 'ENABLED', variants, defaultVariant: 'blue' };
    expect(listed(flag)).toEqual(outcomes);
    expect(listed({ ...flag, targeting: { if: [true, 'red'] } })).toEqual(outcomes);
    expect(listed({ ...flag, targeting: { no_such_operator: [] } })).toEqual(outcomes);
  });

  it.each([
    ['without a default variant', { state: 'ENABLED', variants, defaultVariant: null }],
    ['that is disabled', { state: 'DISABLED', variants, defaultVariant: 'red' }],
  ])('is also the default of whoever reads one %s', (_what, flag) => {
    expect(listed(flag)).toEqual([
      { variant: 'red', value: '#f00' },
      { variant: 'blue', value: '#00f' },
      {},
    ]);
  });

  it('is not known of a flag that makes no sense', () => {
    expect(listed({ state: 'ENABLED', variants: ['red'] })).toBeUndefined();
    expect(listed({ state: 'on', variants })).toBeUndefined();
    expect(listed('red' as never)).toBeUndefined();
  });

  it('has variants named like properties of every object', () => {
    const text = '{"state":"ENABLED","variants":{"__proto__":1,"constructor":2}}';
    expect(listed(JSON.parse(text) as object)).toEqual([
      { variant: '__proto__', value: 1 },
      { variant: 'constructor', value: 2 },
      {},
    ]);
  });

  it('is all that random flags come out as for random visitors', () => {
    const holds = fc.property(document, context, ({ flags }, visitor) => {
      const ruleset = compile({ flags } as unknown as FlagdDocument);
      expect(unlistedFlags(ruleset, visitor as EvaluationContext, NOW)).toEqual([]);
    });
    fc.assert(holds, { numRuns: 300, seed: 20_261_201 });
  });
});
