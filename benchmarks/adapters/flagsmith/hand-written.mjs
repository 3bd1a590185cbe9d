import { pointOf, pointsWhile, prefixOf } from './bucket.mjs';

/**
 * The least a correct evaluator of these rules can do, written for this workload's shapes alone: no
 * reasons, no other operators, no deeper nesting. Everything else is measured against it.
 */
export const name = 'hand-written';

export function create(text) {
  const { byName, defaults, splits, segments, passes, byIdentifier } = compile(text);
  const matched = new Uint8Array(segments.length);
  const all = (context) => {
    const values = defaults.slice();
    for (let i = 0; i < segments.length; i++) matched[i] = matches(segments[i], context) ? 1 : 0;
    // The overrides of the lowest priority first, so that those of a higher one replace them.
    for (const overridesOf of passes) {
      for (let i = 0; i < segments.length; i++) {
        if (matched[i] === 1) assign(values, overridesOf[i]);
      }
    }
    for (const { index, split } of splits) values[index] = choose(split, context.targetingKey);
    const own = byIdentifier.get(context.targetingKey);
    if (own !== undefined) assign(values, own);
    return values;
  };
  const one = (context, key) => evaluate(byName.get(key), context);
  return { one, handle: (context) => context, again: one, all, valuesOf: (values) => values };
}

/** Everything at once: parse, index, sets of ids, packed prefixes. */
export function compile(text) {
  const document = JSON.parse(text);
  const features = document.feature_states.map((state, index) =>
    compileFeature(state, index, document.api_key),
  );
  const byName = new Map(
    document.feature_states.map(({ feature }, i) => [feature.name, features[i]]),
  );
  const segments = document.project.segments.map(({ id, rules }) =>
    compileSegment(id, rules, document.api_key),
  );
  const overrides = document.project.segments.flatMap(({ feature_states }, segment) =>
    feature_states.map((state) => ({ segment, ...assignment(state, byName) })),
  );
  for (const { segment, index, value, priority } of overrides) {
    features[index].overrides ??= [];
    features[index].overrides[priority] = { segment: segments[segment], value };
  }
  return {
    byName,
    defaults: features.map(({ value }) => value),
    splits: features.filter(({ split }) => split !== null),
    segments,
    passes: passesOf(overrides, segments.length),
    byIdentifier: identityOverrides(document.identity_overrides, features, byName),
  };
}

function compileFeature(state, index, environmentKey) {
  const options = state.multivariate_feature_state_values;
  const split =
    options.length === 0
      ? null
      : compileSplit(options, state.feature_state_value, prefixOf(state.django_id, environmentKey));
  return { index, value: state.feature_state_value, overrides: null, identities: null, split };
}

function compileSplit(options, control, prefix) {
  const sorted = [...options].sort((a, b) => a.id - b.id);
  let limit = 0;
  const limits = sorted.map(({ percentage_allocation }) => {
    limit += percentage_allocation;
    return pointsWhile((percentage) => percentage < limit);
  });
  const values = sorted.map(({ multivariate_feature_option }) => multivariate_feature_option.value);
  return { prefix, limits: [...limits, Number.POSITIVE_INFINITY], values: [...values, control] };
}

/** One shape for every kind of segment; what it does not ask for is null. */
function compileSegment(id, rules, environmentKey) {
  const of = (property, operator) =>
    conditions.find((c) => c.property_ === property && c.operator === operator)?.value;
  const conditions = rules[0].rules.map(({ conditions: [condition] }) => condition);
  const venues = of('venue', 'IN');
  const version = of('version', 'GREATER_THAN_INCLUSIVE');
  const share = of(null, 'PERCENTAGE_SPLIT');
  return {
    venues: venues === undefined ? null : new Set(venues.split(',')),
    plan: of('plan', 'EQUAL') ?? null,
    country: of('country', 'EQUAL') ?? null,
    age: Number(of('age', 'GREATER_THAN_INCLUSIVE') ?? Number.NEGATIVE_INFINITY),
    version: version === undefined ? null : version.split(/[.:]/, 3).map(Number),
    prefix: share === undefined ? null : prefixOf(id, environmentKey),
    firstOutside: pointsWhile((percentage) => percentage <= Number(share)),
  };
}

function assignment({ feature, feature_state_value, feature_segment }, byName) {
  const { index } = byName.get(feature.name);
  return { index, value: feature_state_value, priority: feature_segment?.priority };
}

/** For each priority, the lowest first: what each segment overrides. */
function passesOf(overrides, segmentCount) {
  const passes = [];
  for (const { segment, priority, ...override } of overrides) {
    passes[priority] ??= Array.from({ length: segmentCount }, () => []);
    passes[priority][segment].push(override);
  }
  return passes.reverse();
}

function identityOverrides(identities, features, byName) {
  return new Map(
    identities.map(({ identifier, identity_features }) => {
      const own = identity_features.map((state) => assignment(state, byName));
      for (const { index, value } of own) {
        features[index].identities ??= new Map();
        features[index].identities.set(identifier, value);
      }
      return [identifier, own];
    }),
  );
}

function evaluate({ identities, overrides, split, value }, context) {
  if (identities !== null) {
    const own = identities.get(context.targetingKey);
    if (own !== undefined) return own;
  }
  if (overrides !== null) {
    for (const override of overrides) {
      if (matches(override.segment, context)) return override.value;
    }
  }
  return split === null ? value : choose(split, context.targetingKey);
}

function matches(segment, context) {
  if (segment.venues !== null && !segment.venues.has(context.venue)) return false;
  if (segment.plan !== null && context.plan !== segment.plan) return false;
  if (segment.country !== null && context.country !== segment.country) return false;
  if (context.age < segment.age) return false;
  if (segment.version !== null && !isAtLeast(context.version, segment.version)) return false;
  if (segment.prefix === null) return true;
  return pointOf(segment.prefix, context.targetingKey) < segment.firstOutside;
}

function isAtLeast(text, [major, minor, patch]) {
  const [a, b, c] = text.split('.');
  return +a !== major ? +a > major : +b !== minor ? +b > minor : +c >= patch;
}

function choose({ prefix, limits, values }, identifier) {
  const point = pointOf(prefix, identifier);
  let i = 0;
  while (point >= limits[i]) i++;
  return values[i];
}

function assign(values, overrides) {
  for (const { index, value } of overrides) values[index] = value;
}
