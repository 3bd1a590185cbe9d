import { unlistedFlags } from '@halyard/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase, commonCase } from './fixtures/arbitraries.ts';
import {
  EVERYBODY,
  environment,
  feature,
  identity,
  option,
  override,
  segment,
} from './fixtures/build.ts';
import { contextOf } from './fixtures/case.ts';
import { compile } from './index.ts';

/** What is listed for the feature `f1`. */
const listed = (parts: Parameters<typeof environment>[0]) =>
  compile(environment(parts)).outcomesOf?.('f1');

describe('what a feature can come out as', () => {
  it('is its value, on and off, whichever it is set to', () => {
    expect(listed({ features: [feature('f1')] })).toEqual([
      { value: 'default', enabled: false },
      { value: 'default', enabled: true },
    ]);
    expect(listed({ features: [feature('f1', { enabled: true })] })).toEqual([
      { value: 'default', enabled: true },
      { value: 'default', enabled: false },
    ]);
  });

  it('is every option, and the control', () => {
    const multivariate_feature_state_values = [option('RED', 30, { id: 2 }), option('BLUE', 30)];
    const features = [feature('f1', { enabled: true, multivariate_feature_state_values })];
    expect(listed({ features })).toEqual([
      { value: 'default', variant: 'control', enabled: true },
      { value: 'BLUE', variant: 'blue', enabled: true },
      { value: 'RED', variant: 'red', enabled: true },
      { value: 'default', enabled: true },
      { value: 'default', variant: 'control', enabled: false },
    ]);
  });

  it('is what segments and identities have in place of it, each once', () => {
    const segments = [
      segment(1, [EVERYBODY], [override('f1', 'for s1')]),
      segment(2, [EVERYBODY], [override('f1', 'for s1'), override('f2', 'other')]),
    ];
    const identities = [
      identity('ann', [override('f1', '{"a":1}')]),
      identity('bob', [override('f1', '{"a":1}'), override('f2', 'other')]),
      identity('eve', [override('f1', 'broken', { enabled: 'yes' as never })]),
    ];
    expect(listed({ segments, identities })).toEqual([
      { value: 'default', enabled: false },
      { value: 'for s1', enabled: true },
      { value: '{"a":1}', payload: { a: 1 }, enabled: true },
      { value: 'default', enabled: true },
    ]);
  });

  it('is not known of a feature that makes no sense', () => {
    expect(listed({ features: [feature('f1', { enabled: 1 as never })] })).toBeUndefined();
  });

  it('is not listed where identities have more values than anybody could choose from', () => {
    const withValues = (count: number) =>
      listed({
        identities: Array.from({ length: count }, (_, i) =>
          identity(`id-${i}`, [override('f1', `value ${i}`)]),
        ),
      });
    expect(withValues(998)).toHaveLength(1000);
    expect(withValues(1100)).toBeUndefined();
  });

  it('is asked for without a word about what is wrong with identities', () => {
    const broken = [override('f1', 'broken', { enabled: 'yes' as never })];
    const ruleset = compile(environment({ identities: [identity('eve', broken)] }));
    for (let i = 0; i < 5; i++) ruleset.outcomesOf?.('f1');
    expect(ruleset.diagnostics).toEqual([]);
  });

  it.each([
    ['common', commonCase],
    ['odd', anyCase],
  ])('is all that %s features come out as', (_what, cases) => {
    const holds = fc.property(cases, ({ document, identity: visitor }) => {
      const ruleset = compile(document);
      expect(unlistedFlags(ruleset, contextOf(visitor, 'traits'), 0)).toEqual([]);
    });
    fc.assert(holds, { numRuns: 300, seed: 20_261_202 });
  });
});
