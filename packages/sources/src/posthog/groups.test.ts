import { describe, expect, it } from 'vitest';
import { condition, definitions, flag, property } from './fixtures/build.ts';
import { read, UNSUPPORTED } from './fixtures/read.ts';
import type { PosthogCondition, PosthogFilters } from './index.ts';

const isGerman = property('country', 'exact', 'DE');
const acme = { groups: { company: 'acme' }, groupProperties: { company: { country: 'DE' } } };

const of = (groups: readonly PosthogCondition[], filters: PosthogFilters = {}) =>
  definitions([flag('f1', { groups, ...filters })]);
const ofCompanies = (groups: readonly PosthogCondition[], filters: PosthogFilters = {}) =>
  of(groups, { aggregation_group_type_index: 0, ...filters });

describe('flags of groups', () => {
  it('look at the group, and not at the person', () => {
    const written = ofCompanies([condition([isGerman])]);
    expect(read(written, 'f1', acme)).toBe(true);
    expect(read(written, 'f1', { ...acme, groupProperties: { company: { country: 'FR' } } })).toBe(
      false,
    );
    expect(read(written, 'f1', { groups: acme.groups, country: 'DE' })).toBe(
      'inconclusive missing_context',
    );
  });

  it('are false for whoever is in none', () => {
    const written = ofCompanies([{}]);
    expect(read(written, 'f1', {})).toBe(false);
    expect(read(written, 'f1', { groups: { project: 'x' } })).toBe(false);
    expect(read(written, 'f1', { groups: 'company' })).toBe(false);
    expect(read(written, 'f1', { groups: Object.create({ company: 'acme' }) })).toBe(false);
  });

  it('bucket by the group’s key', () => {
    // The place of acme is 0.8989….
    const at = (rollout_percentage: number) => ofCompanies([{ rollout_percentage }]);
    expect(read(at(90), 'f1', acme)).toBe(true);
    expect(read(at(89), 'f1', acme)).toBe(false);
    expect(read(at(90), 'f1', { ...acme, targetingKey: 'somebody-else' })).toBe(true);
    expect(read(at(100), 'f1', { groups: { company: '' } })).toBe(true);
  });

  it('know the group’s key as a property, unless it is said to be another', () => {
    const written = ofCompanies([condition([property('$group_key', 'exact', 'acme')])]);
    expect(read(written, 'f1', { groups: { company: 'acme' } })).toBe(true);
    const other = { groups: acme.groups, groupProperties: { company: { $group_key: 'other' } } };
    expect(read(written, 'f1', other)).toBe(false);
  });

  it('of a type that does not exist are for PostHog', () => {
    expect(read(of([{}], { aggregation_group_type_index: 9 }), 'f1', acme)).toBe(UNSUPPORTED);
    const named = of([{}], { aggregation_group_type_index: 'toString' as never });
    expect(read(named, 'f1', acme)).toBe(UNSUPPORTED);
  });

  it.each(['group_type_mapping', 'groupTypeMapping'])('find their type in %s', (name) => {
    const filters = { groups: [{}], aggregation_group_type_index: 0 };
    const written = { flags: [flag('f1', filters)], [name]: { '0': 'company' } };
    expect(read(written, 'f1', acme)).toBe(true);
  });
});

describe('conditions about groups', () => {
  const aboutCompany = condition([isGerman], { aggregation_group_type_index: 0 });

  it('of a person’s flag look at the group', () => {
    expect(read(of([aboutCompany]), 'f1', acme)).toBe(true);
    expect(read(of([aboutCompany]), 'f1', { country: 'DE' })).toBe(false);
  });

  it('are skipped for whoever is in no such group, and where the type does not exist', () => {
    const unknown = condition([isGerman], { aggregation_group_type_index: 9 });
    expect(read(of([aboutCompany, {}]), 'f1', {})).toBe(true);
    expect(read(of([unknown, {}]), 'f1', acme)).toBe(true);
    expect(read(of([unknown]), 'f1', acme)).toBe(false);
  });

  it('that are about nobody in particular follow the flag', () => {
    const own = condition([isGerman], { aggregation_group_type_index: null });
    expect(read(ofCompanies([own]), 'f1', acme)).toBe(true);
    expect(read(of([own]), 'f1', { country: 'DE' })).toBe(true);
  });

  it('bucket by that group', () => {
    const at = (rollout_percentage: number) =>
      of([{ rollout_percentage, aggregation_group_type_index: 0 }]);
    expect(read(at(90), 'f1', acme)).toBe(true);
    expect(read(at(89), 'f1', acme)).toBe(false);
  });
});
