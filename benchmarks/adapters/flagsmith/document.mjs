import { randomFrom } from '../../random.mjs';
import { createContexts } from '../../workload.mjs';

const ENVIRONMENT_KEY = '8KzETdDeMY7xkqkSkY3Gsg';
/** Visitors with overrides of their own: a handful, as in an environment with a few testers. */
const OVERRIDDEN_VISITORS = 4;

/**
 * The environment as Flagsmith's API serves it. Every feature is enabled, and what differs between
 * visitors is its value. Lists of ids are CSV; a multivariate feature keeps its control apart from its
 * options; a percentage rollout is an override for one of the percentage segments, as Flagsmith's
 * guide to staged rollouts has it. Four of the visitors have identity overrides.
 *
 * @param revision Raises `updated_at`: each change to an environment does.
 */
export function toDocument({ segments, flags }, revision = 0) {
  const uuid = uuidsFrom(randomFrom(11));
  const stateOf = featureStates(flags, uuid);
  const overrides = overridesBySegment(segments, flags);
  return {
    id: 31_415,
    api_key: ENVIRONMENT_KEY,
    name: 'Production',
    updated_at: new Date(Date.UTC(2026, 0, 1) + revision * 1000).toISOString(),
    allow_client_traits: true,
    hide_disabled_flags: null,
    use_identity_composite_key_for_hashing: true,
    feature_states: flags.map(({ variants, value }, index) =>
      stateOf({ index, value: variants[value], options: optionsOf(flags, index, uuid) }),
    ),
    identity_overrides: createContexts(OVERRIDDEN_VISITORS).map(({ targetingKey }, i) => ({
      identifier: targetingKey,
      identity_uuid: uuid(),
      created_date: '2026-01-01T00:00:00.000000+00:00',
      environment_api_key: ENVIRONMENT_KEY,
      identity_features: identityOverrides(flags, i).map(stateOf),
      identity_traits: [],
    })),
    project: {
      id: 2718,
      name: 'Shop',
      hide_disabled_flags: false,
      enable_realtime_updates: false,
      server_key_only_feature_ids: [],
      organisation: {
        id: 42,
        name: 'Halyard',
        feature_analytics: false,
        persist_trait_data: true,
        stop_serving_flags: false,
      },
      segments: segments.map(({ name, conditions }, i) => ({
        id: 5001 + i,
        name,
        rules: [segmentRule(conditions)],
        feature_states: (overrides.get(name) ?? []).map(stateOf),
      })),
    },
  };
}

function featureStates(flags, uuid) {
  let last = 480_000;
  return ({ index, value, priority, options = [] }) => ({
    django_id: ++last,
    featurestate_uuid: uuid(),
    feature: {
      id: 120_001 + index,
      name: flags[index].key,
      type: flags[index].kind === 'multivariate' ? 'MULTIVARIATE' : 'STANDARD',
    },
    enabled: true,
    feature_state_value: value,
    feature_segment: priority === undefined ? null : { priority },
    multivariate_feature_state_values: options,
  });
}

/** A multivariate feature's options; its control has the share they leave. */
function optionsOf(flags, index, uuid) {
  const { kind, weights, variants, value: control } = flags[index];
  if (kind !== 'multivariate') return [];
  return weights
    .filter(([variant]) => variant !== control)
    .map(([variant, percentage], i) => ({
      id: 730_001 + index * 10 + i,
      mv_fs_value_uuid: uuid(),
      percentage_allocation: percentage,
      multivariate_feature_option: { id: 660_001 + index * 10 + i, value: variants[variant] },
    }));
}

/** The first override of a flag has the highest priority, which is 0. */
function overridesBySegment(segments, flags) {
  const rollouts = segments.filter(
    ({ conditions }) => conditions.length === 1 && conditions[0].percentage !== undefined,
  );
  const bySegment = new Map(segments.map(({ name }) => [name, []]));
  flags.forEach(({ kind, overrides = [], variants }, index) => {
    const given =
      kind === 'percentage'
        ? [{ segment: rollouts[index % rollouts.length].name, variant: 'on' }]
        : overrides;
    given.forEach(({ segment, variant }, priority) => {
      bySegment.get(segment).push({ index, value: variants[variant], priority });
    });
  });
  return bySegment;
}

/** One plain and one segment-overridden feature each, with a value they do not have by default. */
function identityOverrides(flags, visitor) {
  return ['plain', 'segment'].map((kind) => {
    const candidates = flags.flatMap((flag, index) => (flag.kind === kind ? [index] : []));
    const index = candidates[(visitor * 17) % candidates.length];
    const { variants, value } = flags[index];
    const [, other] = Object.entries(variants).find(([name]) => name !== value);
    return { index, value: other };
  });
}

/** As the dashboard writes them: all of the rules, each of them any of its one condition. */
function segmentRule(conditions) {
  return {
    type: 'ALL',
    conditions: [],
    rules: conditions.map((condition) => ({
      type: 'ANY',
      rules: [],
      conditions: [segmentCondition(condition)],
    })),
  };
}

function segmentCondition(condition) {
  const [operator, value] = operatorOf(condition);
  return { operator, property_: condition.trait ?? null, value };
}

function operatorOf(condition) {
  if (condition.in) return ['IN', condition.in.join(',')];
  if (condition.equals !== undefined) return ['EQUAL', condition.equals];
  if (condition.atLeast !== undefined) return ['GREATER_THAN_INCLUSIVE', `${condition.atLeast}`];
  if (condition.versionAtLeast) {
    return ['GREATER_THAN_INCLUSIVE', `${condition.versionAtLeast}:semver`];
  }
  return ['PERCENTAGE_SPLIT', `${condition.percentage}`];
}

function uuidsFrom(random) {
  const hex = (digits) =>
    random
      .integer(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
