import { unlistedFlags } from '@halyard/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import { definitions, flag, variants } from './fixtures/build.ts';
import { contextOf } from './fixtures/case.ts';
import { compile, type PosthogFilters, type PosthogFlag } from './index.ts';

/** What is listed for the flag `f1`. */
const listed = (filters: PosthogFilters, others: Partial<PosthogFlag> = {}) =>
  compile(definitions([flag('f1', filters, others)])).outcomesOf?.('f1');

const OFF = { value: false, enabled: false };
const ON = { value: true, enabled: true };
const variant = (key: string) => ({ value: key, variant: key, enabled: true });

describe('what a flag can come out as', () => {
  it('is true and false, whoever it is for, and also while it is not active', () => {
    expect(listed({ groups: [{ rollout_percentage: 0 }] })).toEqual([ON, OFF]);
    expect(listed({ groups: [{}] }, { active: false })).toEqual([ON, OFF]);
  });

  it('is its variants, and true only where they leave somebody out', () => {
    const all = [variant('red'), variant('blue')];
    expect(listed({ multivariate: variants({ red: 50, blue: 50 }) })).toEqual([...all, OFF]);
    expect(listed({ multivariate: variants({ red: 50, blue: 49 }) })).toEqual([...all, ON, OFF]);
    expect(listed({ multivariate: variants({ '': 50, blue: 50 }) })).toEqual([
      variant('blue'),
      ON,
      OFF,
    ]);
  });

  it('comes with its payloads', () => {
    const payloads = { true: '{"steps":2}', red: '[1]', false: '"never"' };
    expect(listed({ groups: [{}], payloads })).toEqual([{ ...ON, payload: { steps: 2 } }, OFF]);
    expect(listed({ multivariate: variants({ red: 100 }), payloads })).toEqual([
      { ...variant('red'), payload: [1] },
      OFF,
    ]);
  });

  it('is what those get who are held out of it', () => {
    const holdout = { id: 7, exclusion_percentage: 10 };
    expect(listed({ groups: [{}], holdout })).toEqual([ON, OFF, variant('holdout-7')]);
    expect(listed({ groups: [{}], holdout: { id: 7 } as never })).toEqual([ON, OFF]);
  });

  it('is not known of variants that make no sense, nor of flags for elsewhere', () => {
    expect(listed({ multivariate: { variants: [{ key: 7 }] } as never })).toBeUndefined();
    const elsewhere = flag('f1', { groups: [{}] }, { evaluation_contexts: ['mobile'] });
    const ruleset = compile(definitions([elsewhere]), { evaluationContexts: ['server'] });
    expect(ruleset.outcomesOf?.('f1')).toBeUndefined();
  });

  it('is all that random flags come out as for random persons', () => {
    const holds = fc.property(anyCase, (subject) => {
      const { definitions: written, evaluationContexts, person, now } = subject;
      const ruleset = compile(written, { evaluationContexts });
      expect(unlistedFlags(ruleset, contextOf(person), now)).toEqual([]);
    });
    fc.assert(holds, { numRuns: 500, seed: 20_261_203 });
  });
});
