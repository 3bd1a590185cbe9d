import { createSnapshot, type EvaluationContext } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { anyCase } from './fixtures/arbitraries.ts';
import { definitions, flag, flagIf, rollout, threeWay, variants } from './fixtures/build.ts';
import { describeCase } from './fixtures/case.ts';
import type { MixpanelFlag } from './wire.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_132);

function explain(written: MixpanelFlag, context: EvaluationContext = {}) {
  const ruleset = compile(definitions(written), { version: 'v1' });
  const visitor = { distinct_id: 'user-5', ...context };
  return createSnapshot(ruleset, visitor).explain(written.key);
}

describe('an explanation', () => {
  it('has the rollouts in order, with what they ask for, as far as they were tried', () => {
    const salted = threeWay('checkout-s', { hash_salt: 'abc123' }, [
      rollout({ rollout_percentage: 0.4 }),
      rollout({ runtime_evaluation_rule: { '==': [{ var: 'plan' }, 'pro'] } }),
      rollout({ runtime_evaluation_definition: { plan: 'free' } }),
      rollout(),
    ]);
    const { steps, resolution } = explain(salted, { custom_properties: { plan: 'free' } });
    expect(resolution.variant).toBe('treatment');
    const share = (i: number, bucket: number, limit: number) => ({
      kind: 'bucket',
      path: `ruleset.rollout[${i}].rollout_percentage`,
      matched: bucket < limit,
      detail: { bucket, limit },
    });
    expect(steps).toEqual([
      share(0, 0.56, 0.4),
      share(1, 0.67, 1),
      {
        kind: 'rule',
        path: 'ruleset.rollout[1].runtime_evaluation_rule',
        matched: false,
      },
      share(2, 0.78, 1),
      {
        kind: 'rule',
        path: 'ruleset.rollout[2].runtime_evaluation_definition',
        matched: true,
      },
      { kind: 'rule', path: 'ruleset.rollout[2]', matched: true },
      {
        kind: 'bucket',
        path: 'ruleset.variants',
        matched: true,
        detail: { bucket: 0.73, variant: 'treatment', limit: 1 },
      },
    ]);
  });

  it('says why a rule failed', () => {
    const { steps } = explain(flagIf('f1', { regex: 1 }), { custom_properties: {} });
    expect(steps[1]).toEqual({
      kind: 'rule',
      path: 'ruleset.rollout[0].runtime_evaluation_rule',
      matched: false,
      detail: { error: '"regex" is no operator' },
    });
  });

  it('has no choice where there is none', () => {
    const overridden = flag('f1', {
      variants: variants({ a: 0.5, b: 0.5 }),
      rollout: [rollout({ variant_override: { key: 'b' } })],
    });
    expect(explain(overridden).steps.map(({ path }) => path)).toEqual([
      'ruleset.rollout[0].rollout_percentage',
      'ruleset.rollout[0]',
    ]);
  });

  it('of a flag that takes nobody ends with that', () => {
    const { steps, resolution } = explain(
      flag('f1', { rollout: [rollout({ rollout_percentage: 0 })] }),
    );
    expect(resolution).toEqual({ reason: 'DEFAULT' });
    expect(steps).toEqual([
      {
        kind: 'bucket',
        path: 'ruleset.rollout[0].rollout_percentage',
        matched: false,
        detail: { bucket: expect.any(Number), limit: 0 },
      },
      { kind: 'default', path: 'ruleset.rollout', matched: true },
    ]);
    expect(explain(flag('f1', { variants: [] })).steps.at(-1)?.path).toBe('ruleset.rollout[0]');
  });

  it('says whether the visitor is a tester', () => {
    const testing = flag('f1', { test: { users: { 'user-5': 'on' } } });
    const path = 'ruleset.test.users';
    expect(explain(testing).steps).toEqual([{ kind: 'rule', path, matched: true, detail: 'on' }]);
    const [first, ...others] = explain(testing, { distinct_id: 'user-6' }).steps;
    expect(first).toEqual({ kind: 'rule', path, matched: false });
    expect(others.length).toBeGreaterThan(0);
  });

  it('names the field that is missing', () => {
    const { steps, resolution } = explain(flag('f1', {}, { context: 'company' }));
    expect(resolution.errorCode).toBe('TARGETING_KEY_MISSING');
    expect(steps).toEqual([{ kind: 'default', path: 'context', matched: true, detail: 'company' }]);
  });

  it('of an unknown key is FLAG_NOT_FOUND without steps', () => {
    const { resolution, steps } = createSnapshot(compile('{"flags":[]}'), {}).explain('nowhere');
    const { reason, errorCode } = resolution;
    expect([reason, errorCode, steps]).toEqual(['DEFAULT', 'FLAG_NOT_FOUND', []]);
  });

  it('names where it comes from, and is JSON', () => {
    const explanation = explain(threeWay('f1'));
    expect(explanation).toMatchObject({ flagKey: 'f1', source: 'mixpanel', version: 'v1' });
    expect(JSON.parse(JSON.stringify(explanation.steps))).toEqual(explanation.steps);
  });

  it('resolves to what a read resolves to, in 500 random cases', () => {
    const same = fc.property(anyCase, (subject) => {
      const ruleset = compile(subject.definitions);
      for (const key of ruleset.flagKeys) {
        const { resolution, steps } = createSnapshot(ruleset, subject.context).explain(key);
        const read = createSnapshot(ruleset, subject.context).resolve(key);
        expect(resolution, describeCase(subject)).toEqual(read);
        if (read.variant === undefined) continue;
        const decided = steps.filter(({ path }) =>
          /^ruleset\.(rollout\[\d+\]|test\.users)$/.test(path),
        );
        expect(decided.at(-1)?.matched, describeCase(subject)).toBe(true);
      }
    });
    fc.assert(same, { seed: SEED, numRuns: 500 });
  });
});
