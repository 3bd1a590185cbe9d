/**
 * The least a correct evaluator of these rules can do, written for this workload alone: no errors, no
 * reasons, no other operators. Everything else is measured against it.
 */
export const name = 'hand-written';
/** It is given the environment, and not its text. */
export const loadsNothing = true;

export function create(_text, { segments, flags }) {
  const bySegment = new Map(
    segments.map((segment, i) => [segment.name, compileSegment(segment, i)]),
  );
  const table = flags.map((flag) => compileFlag(flag, bySegment));
  const byKey = new Map(table.map((flag) => [flag.key, flag]));
  const tried = new Uint8Array(segments.length);
  return {
    one: (context, key) => evaluate(byKey.get(key), context),
    handle: (context) => context,
    again: (context, key) => evaluate(byKey.get(key), context),
    all: (context) => {
      tried.fill(0);
      const values = new Array(table.length);
      for (let i = 0; i < table.length; i++) values[i] = evaluateInBulk(table[i], context, tried);
      return values;
    },
    valuesOf: (result) => result,
  };
}

/** Parses and walks the whole document once: the floor of any refresh. */
export function compile(text) {
  const document = JSON.parse(text);
  let nodes = 0;
  const walk = (value) => {
    nodes++;
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) walk(value[i]);
    else for (const key in value) walk(value[key]);
  };
  walk(document);
  return nodes;
}

function compileFlag({ key, kind, variants, value, overrides, weights }, bySegment) {
  return {
    key,
    kind,
    value: variants[value],
    overrides: overrides?.map(({ segment, variant }) => ({
      segment: bySegment.get(segment),
      value: variants[variant],
    })),
    ...(weights && compileWeights(weights, variants)),
  };
}

function compileWeights(weights, variants) {
  let total = 0;
  const bounds = weights.map(([, weight]) => {
    total += weight;
    return total;
  });
  return { total, bounds, values: weights.map(([variant]) => variants[variant]) };
}

function compileSegment({ name, conditions }, index) {
  const tests = conditions.map((condition) => compileCondition(name, condition));
  const [first, second] = tests;
  const matches = second ? (context) => first(context) && second(context) : first;
  return { index, matches };
}

function compileCondition(segment, { trait, ...condition }) {
  if (condition.in) {
    const ids = new Set(condition.in);
    return (context) => ids.has(context[trait]);
  }
  if (condition.equals !== undefined) return (context) => context[trait] === condition.equals;
  if (condition.atLeast !== undefined) return (context) => context[trait] >= condition.atLeast;
  if (condition.versionAtLeast) {
    const [major, minor, patch] = condition.versionAtLeast.split('.').map(Number);
    return (context) => {
      const [a, b, c] = context[trait].split('.');
      return +a !== major ? +a > major : +b !== minor ? +b > minor : +c >= patch;
    };
  }
  return (context) => bucket(segment + context.targetingKey, 100) < condition.percentage;
}

function evaluate(flag, context) {
  if (flag.kind === 'plain') return flag.value;
  if (flag.kind === 'segment') {
    for (const override of flag.overrides) {
      if (override.segment.matches(context)) return override.value;
    }
    return flag.value;
  }
  return split(flag, context);
}

function evaluateInBulk(flag, context, tried) {
  if (flag.kind !== 'segment') return flag.kind === 'plain' ? flag.value : split(flag, context);
  for (const { segment, value } of flag.overrides) {
    const known = tried[segment.index];
    if (known === 1) return value;
    if (known === 2) continue;
    const matched = segment.matches(context);
    tried[segment.index] = matched ? 1 : 2;
    if (matched) return value;
  }
  return flag.value;
}

function split(flag, context) {
  const point = bucket(flag.key + context.targetingKey, flag.total);
  let i = 0;
  while (flag.bounds[i] <= point) i++;
  return flag.values[i];
}

/** (murmur3 × total) >> 32; totals here are 100, so the product fits a double exactly. */
function bucket(text, total) {
  return Math.floor((murmur3(text) * total) / 4294967296);
}

function murmur3(text) {
  let h = 0;
  let k = 0;
  let i = 0;
  const blocks = text.length & ~3;
  for (; i < blocks; i += 4) {
    k =
      text.charCodeAt(i) |
      (text.charCodeAt(i + 1) << 8) |
      (text.charCodeAt(i + 2) << 16) |
      (text.charCodeAt(i + 3) << 24);
    k = Math.imul(k, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  k = 0;
  for (let tail = text.length - 1; tail >= i; tail--) k = (k << 8) | text.charCodeAt(tail);
  k = Math.imul(k, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593) ^ text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
