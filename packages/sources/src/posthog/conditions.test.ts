import { describe, expect, it } from 'vitest';
import { condition, definitions, flag, inCohort, property, variants } from './fixtures/build.ts';
import { ELSEWHERE, MISSING, read, resolve, UNSUPPORTED } from './fixtures/read.ts';
import type { PosthogFilters, PosthogFlag } from './index.ts';

const of = (filters: PosthogFilters, others: Partial<PosthogFlag> = {}) =>
  definitions([flag('f1', filters, others)]);

const isPro = property('plan', 'exact', 'pro');
const isFree = property('plan', 'exact', 'free');
const unknown = property('missing', 'exact', 'x');
const unportable = property('plan', 'regex', '\\bpro');
const pro = { plan: 'pro' };

describe('conditions', () => {
  it('are tried in order, and the first that matches decides', () => {
    const filters = {
      groups: [
        condition([isFree], { variant: 'a' }),
        condition([isPro], { variant: 'b' }),
        condition([], { variant: 'c' }),
      ],
      multivariate: variants({ a: 100, b: 0, c: 0 }),
    };
    expect(read(of(filters), 'f1', pro)).toBe('b');
    expect(read(of(filters), 'f1', { plan: 'free' })).toBe('a');
    expect(read(of(filters), 'f1', { plan: 'team' })).toBe('c');
  });

  it.each([
    [[], false],
    [null, false],
    [undefined, false],
    [[{}], true],
    [[{ properties: null }], true],
    [[{ rollout_percentage: null }], true],
    [[{ rollout_percentage: 0 }], false],
    [[{ rollout_percentage: 0 }, {}], true],
    [[{ rollout_percentage: 250 }], true],
    [[{ rollout_percentage: 'none' }], true],
    [[{ rollout_percentage: '0' }], false],
    [[{ rollout_percentage: -1 }], false],
  ])('%j give %s', (groups, expected) => {
    expect(read(of({ groups: groups as never }), 'f1')).toBe(expected);
  });

  it('include whoever is exactly at their percentage', () => {
    const at = (percentage: number) =>
      read(definitions([flag('edge', { groups: [{ rollout_percentage: percentage }] })]), 'edge', {
        targetingKey: 'bnd-0',
      });
    // The next number below a hundred times the place of bnd-0, and that number.
    expect([at(25.287400672939594), at(25.287400672939597)]).toEqual([false, true]);
  });

  it('that cannot be told leave it to later ones, and else leave it open', () => {
    const groups = [condition([unknown]), condition([isPro])];
    expect(read(of({ groups }), 'f1', pro)).toBe(true);
    expect(read(of({ groups }), 'f1', { plan: 'free' })).toBe(MISSING);
  });

  it('are ruled out by any filter, even behind one that cannot be told', () => {
    expect(read(of({ groups: [condition([unknown, isFree])] }), 'f1', pro)).toBe(false);
    expect(read(of({ groups: [condition([inCohort('static'), isFree])] }), 'f1', pro)).toBe(false);
  });

  it('with a static cohort first are for PostHog at once, and else leave it to later ones', () => {
    const first = { groups: [condition([inCohort('static'), isPro]), condition([])] };
    expect(read(of(first), 'f1', pro)).toBe(ELSEWHERE);
    const second = { groups: [condition([unknown, inCohort('static')]), condition([])] };
    expect(read(of(second), 'f1', pro)).toBe(true);
    expect(read(of({ groups: second.groups.slice(0, 1) }), 'f1', pro)).toBe(UNSUPPORTED);
  });

  it('end with the first that only a percentage keeps from matching, where flags say so', () => {
    const groups = [condition([isPro], { rollout_percentage: 0 }), condition([])];
    expect(read(of({ groups }), 'f1', pro)).toBe(true);
    expect(read(of({ groups, early_exit: true }), 'f1', pro)).toBe(false);
    expect(read(of({ groups, early_exit: true }), 'f1', { plan: 'free' })).toBe(true);
    const open = { groups: [condition([unknown]), ...groups], early_exit: true };
    expect(read(of(open), 'f1', pro)).toBe(MISSING);
    const nobody = { groups: [{ rollout_percentage: 0 }, {}], early_exit: true };
    expect(read(of(nobody), 'f1')).toBe(false);
  });

  it('with a pattern that cannot be matched here only count if they would give something else', () => {
    const groups = (variant: string) => [
      condition([unportable], { variant: 'a' }),
      condition([isPro], { variant }),
    ];
    const multivariate = variants({ a: 50, b: 50 });
    expect(read(of({ groups: groups('a'), multivariate }), 'f1', pro)).toBe('a');
    expect(read(of({ groups: groups('b'), multivariate }), 'f1', pro)).toBe(UNSUPPORTED);
    const early = [condition([unportable], { rollout_percentage: 0 }), condition([isPro])];
    expect(read(of({ groups: early }), 'f1', pro)).toBe(true);
    expect(read(of({ groups: early, early_exit: true }), 'f1', pro)).toBe(UNSUPPORTED);
  });
});

describe('variants', () => {
  // Places of the variants of f1: user-0 0.54, user-6 0.48, user-3 0.93.
  const shares = variants({ a: 50, b: 40, '': 5 });
  const at = (targetingKey: string, multivariate = shares) =>
    read(of({ groups: [{}], multivariate }), 'f1', { targetingKey });

  it('are chosen by a hash of their own', () => {
    expect([at('user-6'), at('user-0'), at('user-3')]).toEqual(['a', 'b', true]);
  });

  it('that are nobody’s leave true', () => {
    expect(at('user-3', variants({ a: 10 }))).toBe(true);
    expect(at('user-3', { variants: null })).toBe(true);
  });

  it('beyond a hundred per cent get nothing', () => {
    expect(at('user-3', variants({ a: 100, b: 100 }))).toBe('a');
  });

  it('that a condition names must exist', () => {
    const named = (variant: string) =>
      read(of({ groups: [{ variant }], multivariate: shares }), 'f1', { targetingKey: 'user-6' });
    expect([named('b'), named('none'), named('')]).toEqual(['b', 'a', 'a']);
  });
});

describe('flags', () => {
  it.each([false, null, undefined, 0])('that are not active (%j) are disabled', (active) => {
    const written = of(
      { groups: [{}] },
      { active: active as never, ensure_experience_continuity: true },
    );
    expect(resolve(written, 'f1', {})).toMatchObject({ value: false, reason: 'DISABLED' });
  });

  it('that persist across authentication are for PostHog', () => {
    const written = of({ groups: [{}] }, { ensure_experience_continuity: true });
    expect(read(written, 'f1')).toBe('inconclusive experience_continuity');
  });

  it('hold out whoever is in their holdout, before any condition', () => {
    // The places for holdouts: user-7 0.098, user-1 0.178.
    const holdout = { id: 7, exclusion_percentage: 10 };
    const written = of({ groups: [condition([unknown])], holdout, payloads: { 'holdout-7': '1' } });
    expect(resolve(written, 'f1', { targetingKey: 'user-7' })).toMatchObject({
      value: 'holdout-7',
      variant: 'holdout-7',
      enabled: true,
      payload: 1,
      reason: 'SPLIT',
      flagMetadata: { 'posthog.reasonCode': 'holdout_condition_value' },
    });
    expect(read(written, 'f1', { targetingKey: 'user-1' })).toBe(MISSING);
  });

  it.each([
    [{ id: 0, exclusion_percentage: 100 }, 'holdout-0'],
    [{ id: 1, exclusion_percentage: 250 }, 'holdout-1'],
    [{ id: 1, exclusion_percentage: '100' }, 'holdout-1'],
    [{ id: 1, exclusion_percentage: -5 }, true],
    [{ id: 1, exclusion_percentage: 'all' }, true],
    [{ id: null, exclusion_percentage: 100 }, true],
    [{ id: 1 }, true],
    [null, true],
  ])('with the holdout %j are %s', (holdout, expected) => {
    expect(read(of({ groups: [{}], holdout: holdout as never }), 'f1')).toBe(expected);
  });

  it('that bucket by device need one', () => {
    const by = (groups: PosthogFilters['groups']) =>
      of({ groups }, { bucketing_identifier: 'device_id' });
    const half = by([{ rollout_percentage: 70 }]);
    // The places of f1: device-1 0.977, device-2 0.594.
    expect(read(half, 'f1', { $device_id: 'device-1' })).toBe(false);
    expect(read(half, 'f1', { $device_id: 'device-2' })).toBe(true);
    for (const id of [undefined, null, '']) {
      expect(read(half, 'f1', { $device_id: id })).toBe(MISSING);
    }
    expect(read(by([condition([inCohort('static')])]), 'f1')).toBe(UNSUPPORTED);
  });
});
