import { pointOf, pointsBelow, saltOf } from './bucket.mjs';

/**
 * The least a correct evaluator of these rules can do, written for this workload's shapes alone: no
 * reasons, no other operators, no deeper nesting, and no properties whose names have capitals. Everything
 * else is measured against it.
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

/** Everything at once: parse, index, sets of ids, salts as bytes. */
export function compile(text) {
  const document = JSON.parse(text);
  const rules = new Map();
  const flags = document.flags.map((flag, index) => compileFlag(flag, index, rules));
  return {
    byKey: new Map(document.flags.map(({ key }, i) => [key, flags[i]])),
    constants: flags.map(({ constant }) => constant),
    varying: flags.filter(({ constant }) => constant === undefined),
  };
}

function compileFlag({ key, hash_salt, ruleset: { variants, rollout } }, index, rules) {
  const variantSalt = saltOf(`${key}${hash_salt}variant`);
  const rollouts = rollout.map((one, i) => ({
    rule: ruleIn(one, rules),
    limit: pointsBelow(one.rollout_percentage),
    salt: saltOf(`${key}${hash_salt}${i}`),
    ...compileSplit(variants, one.variant_splits),
  }));
  const [{ rule, limit, value }] = rollouts;
  const isConstant = rule === null && limit === 100 && value !== undefined;
  return { index, constant: isConstant ? value : undefined, rollouts, variantSalt };
}

/** `value` undefined: the limits tell. They add up in the order of the variants' keys. */
function compileSplit(variants, splits) {
  let sum = 0;
  const sorted = [...variants].sort((a, b) => (a.key < b.key ? -1 : 1));
  const limits = sorted.map(({ key, split }) => {
    sum += splits?.[key] ?? split;
    return pointsBelow(sum);
  });
  const values = sorted.map(({ value }) => value);
  const isForAll = limits.every((limit) => limit === 0 || limit === 100);
  return { value: isForAll ? values[limits.indexOf(100)] : undefined, limits, values };
}

/** Flags that ask the same share what is found out about it. */
function ruleIn({ runtime_evaluation_rule: rule }, rules) {
  if (rule === undefined) return null;
  const name = JSON.stringify(rule);
  const known = rules.get(name) ?? { ...compileTest(rule.and ?? [rule]), visit: 0, isMatch: false };
  rules.set(name, known);
  return known;
}

/** One shape for every kind of rule; what it does not ask for is null. Case makes no difference. */
function compileTest(tests) {
  const of = (property, operator) =>
    tests.find((test) => test[operator]?.[0].var === property)?.[operator].at(-1);
  const venues = of('venue', 'in');
  return {
    venues: venues === undefined ? null : new Set(venues.map((venue) => venue.toLowerCase())),
    plan: of('plan', '==')?.toLowerCase() ?? null,
    country: of('country', '==')?.toLowerCase() ?? null,
    age: of('age', '>=') ?? Number.NEGATIVE_INFINITY,
    version: of('version', 'semver_compare')?.split('.').map(Number) ?? null,
  };
}

function evaluate({ rollouts, variantSalt }, context) {
  const id = context.distinct_id;
  for (let i = 0; i < rollouts.length; i++) {
    const { rule, limit, salt, value, limits, values } = rollouts[i];
    if (rule !== null && !isMatch(rule, context.custom_properties)) continue;
    if (limit < 100 && pointOf(id, salt) >= limit) continue;
    return value === undefined ? choose(limits, values, pointOf(id, variantSalt)) : value;
  }
  return null;
}

function isMatch(rule, properties) {
  if (rule.visit !== visit) {
    rule.visit = visit;
    rule.isMatch = matches(rule, properties);
  }
  return rule.isMatch;
}

function matches({ venues, plan, country, age, version }, properties) {
  if (venues !== null && !venues.has(properties.venue.toLowerCase())) return false;
  if (plan !== null && properties.plan.toLowerCase() !== plan) return false;
  if (country !== null && properties.country.toLowerCase() !== country) return false;
  if (properties.age < age) return false;
  return version === null || isAtLeast(properties.version, version);
}

function isAtLeast(text, [major, minor, patch]) {
  const [a, b, c] = text.split('.');
  return +a !== major ? +a > major : +b !== minor ? +b > minor : +c >= patch;
}

/** The last variant has whatever is left. */
function choose(limits, values, point) {
  const last = values.length - 1;
  let i = 0;
  while (i < last && point >= limits[i]) i++;
  return values[i];
}
