/**
 * The environment as Mixpanel's `/flags/definitions` serves it. There are no shared segments: a flag's
 * rollout carries the rule itself, as JSON Logic with its list of ids written out. Whom a rollout takes
 * gets one variant by splits of 1 and 0; percentages are those of the rollouts, and so hashed per flag.
 * Every flag has a salt of its own.
 */
export function toDocument({ segments, flags }) {
  const bySegment = new Map(segments.map((segment) => [segment.name, rolloutOf(segment)]));
  return {
    flags: flags.map((flag, index) => ({
      id: `5f0c7a1e-8d1f-4f5b-9a3e-${String(index).padStart(12, '0')}`,
      name: `Whether ${flag.key.replaceAll('_', ' ')} is shown`,
      key: flag.key,
      status: 'enabled',
      project_id: 271,
      workspace_id: 314,
      context: 'distinct_id',
      experiment_id: flag.kind === 'multivariate' ? `experiment-${index}` : null,
      is_experiment_active: flag.kind === 'multivariate',
      hash_salt: saltOf(index),
      ruleset: { variants: variantsOf(flag), rollout: rolloutsOf(flag, bySegment) },
    })),
  };
}

/** A visitor in Mixpanel's words. */
export function toContext({ targetingKey, ...custom_properties }) {
  return { distinct_id: targetingKey, custom_properties };
}

function saltOf(index) {
  return (Math.imul(index + 1, 2654435761) >>> 0).toString(16).padStart(8, '0');
}

/** The shares are those of a rollout that says nothing else. */
function variantsOf({ kind, variants, value, weights }) {
  return Object.entries(variants).map(([key, content]) => ({
    key,
    value: content,
    is_control: key === 'control' || key === 'off',
    is_sticky: false,
    split: kind === 'multivariate' ? shareOf(key, weights) : Number(key === defaultOf(kind, value)),
  }));
}

/** Whoever a percentage rollout takes has the flag on; everybody else has no variant. */
function defaultOf(kind, value) {
  return kind === 'percentage' ? 'on' : value;
}

function rolloutsOf({ kind, variants, weights, overrides = [] }, bySegment) {
  if (kind === 'percentage') return [{ rollout_percentage: shareOf('on', weights) }];
  const keys = Object.keys(variants);
  return [
    ...overrides.map(({ segment, variant }) => ({
      ...bySegment.get(segment),
      variant_splits: Object.fromEntries(keys.map((key) => [key, Number(key === variant)])),
    })),
    { rollout_percentage: 1 },
  ];
}

function shareOf(wanted, weights) {
  return weights.find(([variant]) => variant === wanted)[1] / 100;
}

/** Whom a segment holds, as a rollout says it. */
function rolloutOf({ conditions }) {
  const percentage = conditions.find((one) => one.percentage !== undefined)?.percentage ?? 100;
  const tests = conditions.filter(({ trait }) => trait !== undefined).map(testOf);
  if (tests.length === 0) return { rollout_percentage: percentage / 100 };
  return {
    rollout_percentage: percentage / 100,
    runtime_evaluation_rule: tests.length === 1 ? tests[0] : { and: tests },
  };
}

function testOf(condition) {
  const property = { var: condition.trait };
  if (condition.in) return { in: [property, condition.in] };
  if (condition.equals !== undefined) return { '==': [property, condition.equals] };
  if (condition.atLeast !== undefined) return { '>=': [property, condition.atLeast] };
  return { semver_compare: [property, '>=', condition.versionAtLeast] };
}
