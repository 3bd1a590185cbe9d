import { createSnapshot, murmur3x86_32 } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { explain, targeted } from './fixtures/read.ts';
import { compile } from './index.ts';

describe('an explanation', () => {
  const byPlan = {
    if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'red', { in: ['x', { var: 'tags' }] }, 'blue', 'on'],
  };

  it.each([
    [{ plan: 'pro', tags: [] }, 'targeting.if[1]', 'red'],
    [{ plan: 'free', tags: ['x'] }, 'targeting.if[3]', 'blue'],
    [{ plan: 'free', tags: [] }, 'targeting.if[4]', 'on'],
  ])('for %j ends with the branch that decided', (context, path, detail) => {
    const { steps, resolution } = explain(byPlan, context);
    expect(steps.at(-1)).toEqual({ kind: 'rule', path, matched: true, detail });
    expect(resolution.variant).toBe(detail);
  });

  it('has every condition that was tried, and none that was not', () => {
    const { steps } = explain(byPlan, { plan: 'pro', tags: [] });
    expect(steps).toContainEqual({
      kind: 'rule',
      path: 'targeting.if[0]',
      matched: true,
      detail: true,
    });
    expect(steps.some(({ path }) => path.startsWith('targeting.if[2]'))).toBe(false);
  });

  it('names the evaluators that were tried', () => {
    const document = {
      $evaluators: { insider: { '==': [{ var: 'plan' }, 'insider'] } },
      ...targeted({ if: [{ $ref: 'insider' }, 'on', 'off'] }),
    };
    const { steps } = createSnapshot(compile(document), { plan: 'free' }).explain('flag');
    expect(steps).toEqual([
      { kind: 'segment', path: '$evaluators.insider', matched: false, detail: false },
      { kind: 'rule', path: 'targeting.if[0]', matched: false, detail: false },
      { kind: 'rule', path: 'targeting.if[2]', matched: true, detail: 'off' },
    ]);
  });

  it('shows the bucket against its bounds', () => {
    const { steps, resolution } = explain(
      {
        fractional: [
          ['red', 30],
          ['blue', 70],
        ],
      },
      { targetingKey: 'jane' },
    );
    const bucket = Number((BigInt(murmur3x86_32('flagjane')) * 100n) >> 32n);
    const isRed = bucket < 30;
    expect(resolution.variant).toBe(isRed ? 'red' : 'blue');
    expect(steps).toContainEqual({
      kind: 'bucket',
      path: 'targeting.fractional',
      matched: true,
      detail: {
        key: 'flagjane',
        bucket,
        total: 100,
        from: isRed ? 0 : 30,
        to: isRed ? 30 : 100,
        variant: isRed ? 'red' : 'blue',
      },
    });
  });

  it('shows the bucket also of a rollout to everybody', () => {
    const { steps } = explain({ fractional: [['red', 1]] }, { targetingKey: 'jane' });
    expect(steps.map(({ kind }) => kind)).toContain('bucket');
  });

  it('says when the default variant was used', () => {
    const { steps } = explain({ if: [{ var: 'beta' }, 'on'] }, {});
    expect(steps.at(-1)).toEqual({
      kind: 'default',
      path: 'defaultVariant',
      matched: true,
      detail: 'off',
    });
  });

  it.each([
    ['DISABLED', { state: 'DISABLED' }, 'state'],
    ['STATIC', { targeting: {} }, 'defaultVariant'],
  ])('of a flag that is %s says so', (reason, rest, path) => {
    const ruleset = compile(targeted({}, rest));
    const { resolution, steps } = createSnapshot(ruleset, {}).explain('flag');
    expect(resolution.reason).toBe(reason);
    expect(steps).toMatchObject([{ kind: 'default', path, matched: true }]);
  });

  it('resolves to what a read resolves to', () => {
    for (const [targeting, context] of [
      [byPlan, { plan: 'pro' }],
      [{ nonsense: [] }, {}],
      [{ '+': [{ var: 'plan' }, 1] }, { plan: 'pro' }],
      [{ var: 'plan' }, { plan: 'nowhere' }],
    ] as const) {
      const snapshot = createSnapshot(compile(targeted(targeting)), context);
      expect(snapshot.explain('flag').resolution).toEqual(snapshot.resolve('flag'));
    }
  });

  it('of an unknown key is FLAG_NOT_FOUND without steps', () => {
    const explanation = createSnapshot(compile(targeted({})), {}).explain('missing');
    expect(explanation).toMatchObject({ resolution: { errorCode: 'FLAG_NOT_FOUND' }, steps: [] });
  });
});
