import { describe, expect, it } from 'vitest';
import { all, any, definitions, flagIf, inCohort, property } from './fixtures/build.ts';
import { ELSEWHERE, MISSING, read, UNSUPPORTED } from './fixtures/read.ts';
import type { PosthogPropertyGroup } from './index.ts';

const isPro = property('plan', 'exact', 'pro');
const isGerman = property('country', 'exact', 'DE');
const unknown = property('missing', 'exact', 'x');

const of = (cohort: unknown, others: Readonly<Record<string, PosthogPropertyGroup>> = {}) =>
  definitions([flagIf('f1', inCohort(1))], {
    cohorts: { '1': cohort as PosthogPropertyGroup, ...others },
  });
const pro = { plan: 'pro', country: 'FR' };

describe('a cohort', () => {
  it.each<readonly [unknown, unknown]>([
    [{}, true],
    [null, true],
    [[], true],
    [{ type: 'AND' }, true],
    [{ type: 'AND', values: [] }, true],
    [{ type: 'OR', values: [] }, false],
    [{ type: 'property', values: [isPro] }, true],
    [{ type: 'XOR', values: [isPro] }, ELSEWHERE],
    [{ values: [isPro] }, ELSEWHERE],
    [all(isPro, isGerman), false],
    [any(isPro, isGerman), true],
    [any(isGerman), false],
    [any(all(isPro), all(isGerman)), true],
    [all(any(isGerman, isPro), all(isGerman)), false],
    [all({ ...isGerman, negation: true }), true],
    [any({ ...isPro, negation: true }), false],
    [all(unknown, isPro), MISSING],
    [all(unknown, isGerman), false],
    [any(unknown, isPro), true],
    [any(unknown, isGerman), MISSING],
    [all({ ...unknown, negation: true }), MISSING],
    [all(isGerman, inCohort('static')), false],
    [all(inCohort('static'), isGerman), ELSEWHERE],
    [all(all(isPro), isPro), ELSEWHERE],
    [all(isPro, all(isPro) as never), UNSUPPORTED],
  ])('%j has somebody in it: %s', (cohort, expected) => {
    expect(read(of(cohort), 'f1', pro)).toBe(expected);
  });

  it.each([
    [undefined, true],
    ['in', true],
    ['exact', true],
    ['not_in', false],
  ])('with the operator %s: %s', (operator, expected) => {
    const written = definitions([flagIf('f1', inCohort(1, operator))], {
      cohorts: { '1': all(isPro) },
    });
    expect(read(written, 'f1', pro)).toBe(expected);
    const nested = of(all(inCohort(2, operator)), { '2': all(isPro) });
    expect(read(nested, 'f1', pro)).toBe(expected);
  });

  it('that is not there, or only by inheritance, is one that PostHog has', () => {
    for (const id of ['9', 'toString', '__proto__']) {
      expect(read(definitions([flagIf('f1', inCohort(id))]), 'f1', pro)).toBe(ELSEWHERE);
    }
  });

  it('of groups looks at the group', () => {
    const written = {
      ...of(all(isGerman)),
      flags: [
        {
          key: 'f1',
          active: true,
          filters: { aggregation_group_type_index: 0, groups: [{ properties: [inCohort(1)] }] },
        },
        flagIf('f2', inCohort(1)),
      ],
    };
    const context = {
      country: 'FR',
      groups: { company: 'acme' },
      groupProperties: { company: { country: 'DE' } },
    };
    expect([read(written, 'f1', context), read(written, 'f2', context)]).toEqual([true, false]);
  });

  it.each([
    ['itself', { '1': all(inCohort(1)) }],
    ['itself by another', { '1': any(isGerman, inCohort(2)), '2': all(inCohort(1)) }],
  ])('that is part of %s leaves it open', (_what, cohorts) => {
    const written = definitions([flagIf('f1', inCohort(1))], { cohorts });
    expect(read(written, 'f1', pro)).toBe(UNSUPPORTED);
    expect(read(written, 'f1', { ...pro, country: 'DE' })).toBe(
      cohorts['1'].type === 'OR' ? true : UNSUPPORTED,
    );
  });

  it('nested beyond measure leaves it open', () => {
    let cohort: PosthogPropertyGroup = all(isPro);
    for (let i = 0; i < 5_000; i++) cohort = all(cohort);
    expect(read(of(cohort), 'f1', pro)).toBe(UNSUPPORTED);
  });
});
