import { unlistedFlags } from '@halyard/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import { compile, type MixpanelFlag, type MixpanelRules } from './index.ts';

/** What is listed for a flag with these rules. */
function listed(ruleset: MixpanelRules | null) {
  const flag: MixpanelFlag = { key: 'f1', context: 'distinct_id', ruleset };
  return compile({ flags: [flag] }).outcomesOf?.('f1');
}

describe('what a flag can come out as', () => {
  it('is each of its variants, in their order, and the default of whoever reads it', () => {
    const variants = [
      { key: 'red', value: { hex: '#f00' }, split: 0.5 },
      { key: 'blue', value: null },
    ];
    const outcomes = [
      { variant: 'red', value: { hex: '#f00' } },
      { variant: 'blue', value: null },
      {},
    ];
    expect(listed({ variants, rollout: [{ rollout_percentage: 1 }] })).toEqual(outcomes);
    expect(listed({ variants })).toEqual(outcomes);
  });

  it('is the default alone of a flag without variants', () => {
    expect(listed({})).toEqual([{}]);
  });

  it('is not known of a flag that makes no sense', () => {
    expect(listed(null)).toBeUndefined();
    expect(listed({ variants: [{ value: 1 }] as never })).toBeUndefined();
  });

  it('is all that random flags come out as for random visitors', () => {
    const holds = fc.property(anyCase, ({ definitions, context }) => {
      expect(unlistedFlags(compile(definitions), context, 0)).toEqual([]);
    });
    fc.assert(holds, { numRuns: 500, seed: 20_261_204 });
  });
});
