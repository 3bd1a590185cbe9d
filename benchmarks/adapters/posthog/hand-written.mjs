import { placeOf, prefixOf, variantPlaceOf } from './bucket.mjs';

/**
 * The least a correct evaluator of these rules can do, written for this workload's shapes alone: no
 * reasons, no other operators, no deeper nesting. Everything else is measured against it.
 */
export const name = 'hand-written';

/** Counts what is read, so that nothing found out about one visitor is used for the next. */
let visit = 0;

export function create(text) {
  const { byKey, constants, varying } = compile(text);
  const all = (context) => {
    const values = constants.slice();
    visit++;
    for (let i = 0; i < varying.length; i++) {
      const flag = varying[i];
      values[flag.index] = evaluate(flag, context);
    }
    return values;
  };
  const one = (context, key) => {
    const flag = byKey.get(key);
    if (flag.constant !== undefined) return flag.constant;
    visit++;
    return evaluate(flag, context);
  };
  return { one, handle: (context) => context, again: one, all, valuesOf: (values) => values };
}

/** Everything at once: parse, index, sets of ids, packed prefixes. */
export function compile(text) {
  const document = JSON.parse(text);
  const cohorts = new Map(
    Object.entries(document.cohorts).map(([id, group]) => [id, cohortOf(group.values[0].values)]),
  );
  const flags = document.flags.map((flag, index) => compileFlag(flag, index, cohorts));
  return {
    byKey: new Map(document.flags.map(({ key }, i) => [key, flags[i]])),
    constants: flags.map(({ constant }) => constant),
    varying: flags.filter(({ constant }) => constant === undefined),
  };
}

function compileFlag({ key, active, filters }, index, cohorts) {
  const { groups, multivariate } = filters;
  const [first] = groups;
  const isForAll = first.properties.length === 0 && first.rollout_percentage === 100;
  const isConstant = !active || (isForAll && multivariate === null);
  if (isConstant) return { index, constant: active, prefix: null, conditions: [], split: null };
  return {
    index,
    constant: undefined,
    prefix: prefixOf(key),
    conditions: groups.map((group) => compileCondition(group, cohorts)),
    split: multivariate === null ? null : compileSplit(multivariate.variants),
  };
}

/** `limit` 1: nobody's place is looked at. `value` undefined: the split gives it. */
function compileCondition({ properties, rollout_percentage, variant }, cohorts) {
  const limit = rollout_percentage / 100;
  const value = variant ?? undefined;
  return { cohort: cohortIn(properties, cohorts), limit, value };
}

/** Flags that filter by the same share what is found out about it. */
function cohortIn(properties, cohorts) {
  const [property] = properties;
  if (property === undefined) return null;
  if (property.type === 'cohort') return cohorts.get(String(property.value));
  const name = JSON.stringify(properties);
  const known = cohorts.get(name) ?? cohortOf(properties);
  cohorts.set(name, known);
  return known;
}

function compileSplit(variants) {
  let limit = 0;
  const limits = variants.map(({ rollout_percentage }) => {
    limit += rollout_percentage / 100;
    return limit;
  });
  return {
    limits: [...limits, Number.POSITIVE_INFINITY],
    values: [...variants.map(({ key }) => key), true],
  };
}

/** The filters, and whether the visitor satisfies them who was the last to need that. */
function cohortOf(properties) {
  return { test: compileTest(properties), visit: 0, isMatch: false };
}

/** One shape for every kind of segment; what it does not ask for is null. `exact` ignores case. */
function compileTest(properties) {
  const of = (key, operator) =>
    properties.find((property) => property.key === key && property.operator === operator)?.value;
  const venues = of('venue', 'exact');
  const version = of('version', 'semver_gte');
  return {
    venues: venues === undefined ? null : new Set(venues.map((venue) => venue.toLowerCase())),
    plan: of('plan', 'exact')?.[0].toLowerCase() ?? null,
    country: of('country', 'exact')?.[0].toLowerCase() ?? null,
    age: Number(of('age', 'gte') ?? Number.NEGATIVE_INFINITY),
    version: version === undefined ? null : version.split('.').map(Number),
  };
}

function evaluate({ prefix, conditions, split }, context) {
  for (let i = 0; i < conditions.length; i++) {
    const { cohort, limit, value } = conditions[i];
    if (cohort !== null && !isIn(cohort, context)) continue;
    if (limit < 1 && placeOf(prefix, context.targetingKey) > limit) continue;
    if (value !== undefined) return value;
    return split === null ? true : choose(split, variantPlaceOf(prefix, context.targetingKey));
  }
  return false;
}

function isIn(cohort, context) {
  if (cohort.visit !== visit) {
    cohort.visit = visit;
    cohort.isMatch = matches(cohort.test, context);
  }
  return cohort.isMatch;
}

function matches(test, context) {
  if (test.venues !== null && !test.venues.has(context.venue.toLowerCase())) return false;
  if (test.plan !== null && context.plan.toLowerCase() !== test.plan) return false;
  if (test.country !== null && context.country.toLowerCase() !== test.country) return false;
  if (context.age < test.age) return false;
  return test.version === null || isAtLeast(context.version, test.version);
}

function isAtLeast(text, [major, minor, patch]) {
  const [a, b, c] = text.split('.');
  return +a !== major ? +a > major : +b !== minor ? +b > minor : +c >= patch;
}

function choose({ limits, values }, place) {
  let i = 0;
  while (place >= limits[i]) i++;
  return values[i];
}
