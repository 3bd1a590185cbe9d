/**
 * The environment as PostHog's endpoint for local evaluation serves it. A segment with a list of ids is a
 * cohort, which flags refer to; the conditions of any other stand in the flags themselves. Percentages
 * are those of the flags' conditions, and so hashed with the flag's key. Lists hold texts, because `exact`
 * cannot be decided here for whole numbers; ages are compared with `gte`, which can.
 */
export function toDocument({ segments, flags }) {
  const bySegment = new Map(segments.map((segment, i) => [segment.name, filterOf(segment, i)]));
  return {
    flags: flags.map((flag, index) => ({
      id: 210_001 + index,
      team_id: 271,
      name: `Whether ${flag.key.replaceAll('_', ' ')} is shown`,
      key: flag.key,
      ...contentOf(flag, bySegment),
      deleted: false,
      ensure_experience_continuity: false,
      has_experiment: flag.kind === 'multivariate',
      evaluation_runtime: 'all',
      evaluation_tags: [],
      bucketing_identifier: 'distinct_id',
      version: 3,
    })),
    group_type_mapping: { 0: 'company' },
    cohorts: Object.fromEntries(
      segments.flatMap((segment, i) =>
        hasList(segment) ? [[cohortId(i), cohortOf(segment)]] : [],
      ),
    ),
    minimal_flag_called_events: true,
    property_matching_version: 2,
  };
}

/** Plain flags that are off are not active, as the dashboard switches them off. */
function contentOf(flag, bySegment) {
  const { kind, value, variants, weights, overrides = [] } = flag;
  switch (kind) {
    case 'plain':
      return { active: value === 'on', filters: filtersOf([condition({})]) };
    case 'percentage':
      return {
        active: true,
        filters: filtersOf([condition({ percentage: shareOf('on', weights) })]),
      };
    case 'multivariate':
      return { active: true, filters: filtersOf([condition({})], weights) };
    case 'segment':
      return {
        active: true,
        filters: filtersOf(
          [
            ...overrides.map(({ segment, variant }) =>
              condition({ ...bySegment.get(segment), variant }),
            ),
            condition({ variant: value }),
          ],
          Object.keys(variants).map((variant) => [variant, variant === value ? 100 : 0]),
        ),
      };
  }
}

function filtersOf(groups, weights) {
  const variants = weights?.map(([key, share]) => ({ key, name: '', rollout_percentage: share }));
  return {
    groups,
    payloads: {},
    multivariate: variants === undefined ? null : { variants },
    aggregation_group_type_index: null,
  };
}

function condition({ properties = [], percentage = 100, variant = null }) {
  return { properties, rollout_percentage: percentage, variant };
}

function shareOf(wanted, weights) {
  return weights.find(([variant]) => variant === wanted)[1];
}

/** What a flag's condition says to be about a segment. */
function filterOf(segment, index) {
  const percentage = segment.conditions.find((one) => one.percentage !== undefined)?.percentage;
  const properties = hasList(segment)
    ? [{ key: 'id', type: 'cohort', value: 4001 + index, operator: 'in' }]
    : propertiesOf(segment);
  return { properties, percentage };
}

function hasList({ conditions }) {
  return conditions.some((one) => one.in !== undefined);
}

function cohortId(index) {
  return String(4001 + index);
}

function cohortOf(segment) {
  return { type: 'OR', values: [{ type: 'AND', values: propertiesOf(segment) }] };
}

function propertiesOf({ conditions }) {
  return conditions
    .filter(({ trait }) => trait !== undefined)
    .map((one) => ({ key: one.trait, type: 'person', ...testOf(one) }));
}

function testOf(condition) {
  if (condition.in) return { operator: 'exact', value: condition.in };
  if (condition.equals !== undefined) return { operator: 'exact', value: [condition.equals] };
  if (condition.atLeast !== undefined) return { operator: 'gte', value: `${condition.atLeast}` };
  return { operator: 'semver_gte', value: condition.versionAtLeast };
}
