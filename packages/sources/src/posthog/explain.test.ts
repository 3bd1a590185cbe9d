import { createSnapshot, type EvaluationContext } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import {
  all,
  condition,
  definitions,
  dependsOn,
  flag,
  flagIf,
  inCohort,
  property,
  variants,
} from './fixtures/build.ts';
import { contextOf, describeCase } from './fixtures/case.ts';
import { compile, type PosthogDefinitions, type PosthogFlag } from './index.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_128);
const isPro = property('plan', 'exact', 'pro');
const isFree = property('plan', 'exact', 'free');

function explain(
  written: readonly PosthogFlag[],
  context: EvaluationContext = {},
  others: Partial<PosthogDefinitions> = {},
) {
  const ruleset = compile(definitions(written, others), { version: 'v1' });
  return createSnapshot(ruleset, { targetingKey: 'user-6', plan: 'pro', ...context }).explain('f1');
}

describe('an explanation', () => {
  it('has the conditions in order, with their filters, as far as they were tried', () => {
    const groups = [condition([isFree]), condition([isPro]), condition([])];
    const { steps, resolution } = explain([flag('f1', { groups })]);
    expect(resolution.value).toBe(true);
    expect(steps).toEqual([
      {
        kind: 'rule',
        path: 'filters.groups[0].properties[0]',
        matched: false,
        detail: { property: 'plan', operator: 'exact', verdict: 'no' },
      },
      { kind: 'rule', path: 'filters.groups[0]', matched: false, detail: { verdict: 'no' } },
      {
        kind: 'rule',
        path: 'filters.groups[1].properties[0]',
        matched: true,
        detail: { property: 'plan', operator: 'exact', verdict: 'yes' },
      },
      { kind: 'rule', path: 'filters.groups[1]', matched: true, detail: { verdict: 'yes' } },
    ]);
  });

  it('says why something cannot be told', () => {
    const { steps } = explain([flagIf('f1', property('missing', 'exact', 'x'))]);
    expect(steps.map(({ detail }) => detail)).toEqual([
      { property: 'missing', operator: 'exact', verdict: 'missing_context' },
      { verdict: 'missing_context' },
    ]);
  });

  it('has the cohort, and the other flag', () => {
    const { steps } = explain(
      [flagIf('f1', inCohort(1), dependsOn('f2')), flagIf('f2', isPro)],
      {},
      { cohorts: { '1': all(isPro) } },
    );
    expect(steps.slice(0, 2)).toEqual([
      {
        kind: 'segment',
        path: 'filters.groups[0].properties[0]',
        matched: true,
        detail: { cohort: '1', verdict: 'yes' },
      },
      {
        kind: 'dependency',
        path: 'filters.groups[0].properties[1]',
        matched: true,
        detail: { flag: 'f2', verdict: 'yes' },
      },
    ]);
    expect(steps).toHaveLength(3);
  });

  it.each([
    ['user-2', true],
    ['user-3', false],
  ])('shows the place of %s against the percentage', (targetingKey, matched) => {
    const { steps } = explain([flag('f1', { groups: [{ rollout_percentage: 25 }] })], {
      targetingKey,
    });
    const [bucket, rule] = steps;
    expect(bucket).toEqual({
      kind: 'bucket',
      path: 'filters.groups[0].rollout_percentage',
      matched,
      detail: { bucket: expect.any(Number), limit: 0.25 },
    });
    expect(rule?.detail).toEqual({ verdict: matched ? 'yes' : 'out of rollout' });
  });

  it('shows the place among the variants, and in the holdout', () => {
    const split = { groups: [{}], multivariate: variants({ a: 20, b: 40 }) };
    const holdout = { id: 1, exclusion_percentage: 10 };
    const { steps } = explain([flag('f1', { ...split, holdout })]);
    expect(steps).toEqual([
      {
        kind: 'bucket',
        path: 'filters.holdout',
        matched: false,
        detail: { bucket: expect.closeTo(0.7718, 3), limit: 0.1 },
      },
      { kind: 'rule', path: 'filters.groups[0]', matched: true, detail: { verdict: 'yes' } },
      {
        kind: 'bucket',
        path: 'filters.multivariate',
        matched: true,
        detail: {
          bucket: expect.closeTo(0.4811, 3),
          variant: 'b',
          from: 0.2,
          to: expect.any(Number),
        },
      },
    ]);
  });

  it.each([
    ['active', { active: false }],
    ['ensure_experience_continuity', { ensure_experience_continuity: true }],
    ['filters.aggregation_group_type_index', { filters: { aggregation_group_type_index: 9 } }],
    ['filters.groups', { filters: { groups: [] } }],
  ])('names %s where that decides alone', (path, others) => {
    const { steps } = explain([{ ...flag('f1'), ...others }]);
    expect(steps).toEqual([{ kind: 'default', path, matched: true }]);
  });

  it('of a flag that nothing matches ends with that', () => {
    const { steps } = explain([flagIf('f1', isFree)]);
    expect(steps.at(-1)).toEqual({ kind: 'default', path: 'filters.groups', matched: true });
  });

  it('names where it comes from, and is JSON', () => {
    const explanation = explain([flag('f1')]);
    expect(explanation).toMatchObject({ flagKey: 'f1', source: 'posthog', version: 'v1' });
    expect(JSON.parse(JSON.stringify(explanation.steps))).toEqual(explanation.steps);
  });

  it('resolves to what a read resolves to, in 500 random cases', () => {
    const same = fc.property(anyCase, (subject) => {
      const { definitions: written, evaluationContexts, person, now } = subject;
      const ruleset = compile(written, { evaluationContexts });
      for (const key of ruleset.flagKeys) {
        const context = contextOf(person);
        const { resolution, steps } = createSnapshot(ruleset, context, { now }).explain(key);
        const read = createSnapshot(ruleset, context, { now }).resolve(key);
        expect(resolution, describeCase(subject)).toBe(read);
        const isTold =
          read.enabled === true && read.flagMetadata?.['posthog.reasonCode'] === undefined;
        if (!isTold) continue;
        const decided = steps.filter(({ path }) => /^filters\.groups\[\d+\]$/.test(path)).at(-1);
        expect(decided?.matched, describeCase(subject)).toBe(true);
      }
    });
    fc.assert(same, { seed: SEED, numRuns: 500 });
  });
});
