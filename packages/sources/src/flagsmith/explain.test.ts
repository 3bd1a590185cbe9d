import { createSnapshot, type EvaluationContext, type Explanation } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import {
  all,
  condition,
  EVERYBODY,
  environment,
  feature,
  identity,
  option,
  override,
  prioritised,
  segment,
} from './fixtures/build.ts';
import { contextOf, describeCase } from './fixtures/case.ts';
import type { FlagsmithDocument } from './index.ts';
import { compile } from './index.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_107);

const jane = { targetingKey: 'jane', plan: 'pro' };

function explain(
  document: FlagsmithDocument,
  context: EvaluationContext = jane,
  key = 'f1',
): Explanation {
  return createSnapshot(compile(document), context).explain(key);
}

const isPro = [all(condition('plan', 'EQUAL', 'pro'))];
const isFree = [all(condition('plan', 'EQUAL', 'free'))];
const byDefault = { kind: 'default', path: 'feature_state_value', matched: true };

describe('an explanation', () => {
  it('of a flag with nothing but a value is the value', () => {
    expect(explain(environment({})).steps).toEqual([byDefault]);
  });

  it('for nobody in particular is the value, whatever segments there are', () => {
    const document = environment({ segments: [segment(1, [EVERYBODY], [override('f1', 'in')])] });
    const { steps, resolution } = explain(document, {});
    expect(steps).toEqual([byDefault]);
    expect(resolution).toMatchObject({ value: 'default', reason: 'DISABLED' });
  });

  it('has the segments in the order in which they win, as far as they were tried', () => {
    const document = environment({
      segments: [
        segment(1, [EVERYBODY], [prioritised('f1', 'late', 9)]),
        segment(2, isPro, [prioritised('f1', 'pro', 1)]),
        segment(3, isFree, [prioritised('f1', 'free', 0)]),
        segment(4, isPro, [prioritised('f2', 'other', 0)]),
      ],
    });
    const { steps, resolution } = explain(document);
    expect(steps).toEqual([
      {
        kind: 'segment',
        path: 'project.segments[2]',
        matched: false,
        detail: { name: 's3', priority: 0 },
      },
      {
        kind: 'segment',
        path: 'project.segments[1]',
        matched: true,
        detail: { name: 's2', priority: 1 },
      },
    ]);
    expect(resolution.value).toBe('pro');
  });

  it('ends with the value where no segment matches', () => {
    const document = environment({
      segments: [segment(1, isFree, [prioritised('f1', 'free', 0)])],
    });
    expect(explain(document).steps).toEqual([
      expect.objectContaining({ kind: 'segment', matched: false }),
      byDefault,
    ]);
  });

  it('says whether the identity has something of its own, before any segment', () => {
    const document = environment({
      segments: [segment(1, isPro, [prioritised('f1', 'pro', 0)])],
      identities: [identity('bob', [override('f1', 'own')])],
    });
    expect(explain(document, { ...jane, targetingKey: 'bob' }).steps).toEqual([
      { kind: 'segment', path: 'identity_overrides["bob"]', matched: true },
    ]);
    expect(explain(document).steps.map(({ path, matched }) => [path, matched])).toEqual([
      ['identity_overrides["jane"]', false],
      ['project.segments[0]', true],
    ]);
  });

  it.each([
    ['user-2', 10.582116423284656, true, 'ay'],
    ['user-7', 55.51110222044409, true, 'bee'],
    ['user-0', 74.55491098219645, false, 'control'],
  ])('shows the bucket of %s', (targetingKey, bucket, matched, variant) => {
    const options = [
      option('A', 30, { id: 10, multivariate_feature_option: { value: 'A', key: 'ay' } }),
      option('B', 30, { id: 20, multivariate_feature_option: { value: 'B', key: 'bee' } }),
    ];
    const f1 = feature('f1', { django_id: 100, multivariate_feature_state_values: options });
    const { steps } = explain(environment({ features: [f1] }), { targetingKey });
    const [step] = steps.filter(({ kind }) => kind === 'bucket');
    expect(step).toMatchObject({ path: 'variants', matched, detail: { bucket, variant } });
  });

  it('shows the bucket also of an option that everybody gets, and of an override', () => {
    const split = override('f1', 'rest', {
      multivariate_feature_state_values: [option('A', 100)],
    });
    const document = environment({ segments: [segment(1, isPro, [split])] });
    expect(explain(document).steps.map(({ kind, matched }) => [kind, matched])).toEqual([
      ['segment', true],
      ['bucket', true],
    ]);
  });

  it('of an option without a name does not claim that the default decided', () => {
    const nameless = option('A', 100, { multivariate_feature_option: { value: 'A' } });
    const f1 = feature('f1', { multivariate_feature_state_values: [nameless] });
    const { steps, resolution } = explain(environment({ features: [f1] }));
    expect(resolution).toMatchObject({ value: 'A' });
    expect(steps.at(-1)).toMatchObject({ kind: 'bucket', matched: true });
  });

  it('of a malformed flag does not claim that anything decided', () => {
    const document = environment({ features: [feature('f1', { enabled: 'yes' as never })] });
    const { steps, resolution } = explain(document);
    expect(resolution.errorCode).toBe('PARSE_ERROR');
    expect(steps.filter(({ matched }) => matched)).toEqual([]);
  });

  it('of an unknown flag has no steps', () => {
    const { steps, resolution } = explain(environment({}), jane, 'missing');
    expect([resolution.errorCode, steps]).toEqual(['FLAG_NOT_FOUND', []]);
  });

  it('is JSON', () => {
    const document = environment({ segments: [segment(1, isPro, [override('f1', 'pro')])] });
    const { steps } = explain(document);
    expect(JSON.parse(JSON.stringify(steps))).toEqual(steps);
  });

  it('names where it comes from', () => {
    const ruleset = compile(environment({}), { version: 'v1' });
    expect(createSnapshot(ruleset, jane).explain('f1')).toMatchObject({
      flagKey: 'f1',
      source: 'flagsmith',
      version: 'v1',
    });
  });

  it('resolves to what a read resolves to, in 500 random environments', () => {
    const same = fc.property(anyCase, (subject) => {
      const ruleset = compile(JSON.stringify(subject.document));
      const context = contextOf(subject.identity, 'traits');
      for (const key of ruleset.flagKeys) {
        const explained = createSnapshot(ruleset, context).explain(key);
        const { resolution, steps } = explained;
        expect(resolution, describeCase(subject)).toBe(
          createSnapshot(ruleset, context).resolve(key),
        );
        // At most one segment, or what an identity has, wins.
        const winners = steps.filter(({ kind, matched }) => kind === 'segment' && matched);
        const isOverride = String(resolution.flagMetadata?.['flagsmith.reason']).startsWith('TARG');
        expect(winners.length, describeCase(subject)).toBeLessThanOrEqual(1);
        if (isOverride) expect(winners, describeCase(subject)).toHaveLength(1);
      }
    });
    fc.assert(same, { seed: SEED, numRuns: 500 });
  });
});
