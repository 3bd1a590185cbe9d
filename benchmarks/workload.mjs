import { randomFrom } from './random.mjs';

/**
 * The logical environment every adapter is given in its own format: per 438 flags 254 plain, 118
 * overridden by segments, 44 multivariate and 22 percentage rollouts, with 199 overrides and 23
 * segments (most of them long lists of ids). 5,000 flags repeat the pattern.
 */
export function createEnvironment(flagCount, seed = 20) {
  const random = randomFrom(seed);
  const scale = flagCount / 438;
  const segments = Array.from({ length: Math.round(23 * scale) }, (_, i) => segment(i, random));
  const flags = Array.from({ length: flagCount }, (_, i) => flag(i, segments, random));
  return { segments, flags };
}

function segment(index, random) {
  const kind = index % 23;
  const ids = (most) =>
    Array.from({ length: 5 + random.integer(most - 5) }, () => `venue-${random.integer(4000)}`);
  const name = `segment-${index}`;
  if (kind < 14) return { name, conditions: [{ trait: 'venue', in: ids(400) }] };
  if (kind < 17) {
    return {
      name,
      conditions: [
        { trait: 'venue', in: ids(400) },
        { trait: 'plan', equals: 'pro' },
      ],
    };
  }
  if (kind === 17) {
    return {
      name,
      conditions: [
        { trait: 'age', atLeast: 40 },
        { trait: 'country', equals: 'DE' },
      ],
    };
  }
  if (kind === 18) return { name, conditions: [{ trait: 'version', versionAtLeast: '2.3.0' }] };
  if (kind < 21) return { name, conditions: [{ percentage: 30 }] };
  return { name, conditions: [{ trait: 'venue', in: ids(400) }, { percentage: 50 }] };
}

function flag(index, segments, random) {
  const kind = index % 438;
  const key = `feature_${random.pick(['cart', 'search', 'home', 'menu', 'order'])}_${index}`;
  if (kind < 254)
    return {
      key,
      kind: 'plain',
      variants: { on: true, off: false },
      value: random.pick(['on', 'off']),
    };
  if (kind < 372) {
    const count = kind < 335 ? 2 : 1;
    const names = new Set(Array.from({ length: count }, () => random.integer(segments.length)));
    const overrides = [...names].map((i) => ({
      segment: segments[i].name,
      variant: random.pick(['a', 'b']),
    }));
    return {
      key,
      kind: 'segment',
      variants: { a: 'alpha', b: 'beta', c: 'gamma' },
      value: 'c',
      overrides,
    };
  }
  if (kind < 416) {
    return {
      key,
      kind: 'multivariate',
      variants: { control: 0, one: 1, two: 2 },
      value: 'control',
      weights: [
        ['control', 50],
        ['one', 30],
        ['two', 20],
      ],
    };
  }
  const share = random.integer(101);
  return {
    key,
    kind: 'percentage',
    variants: { on: true, off: false },
    value: 'off',
    weights: [
      ['on', share],
      ['off', 100 - share],
    ],
  };
}

/** Distinct visitors: a 13 to 19 character id and seven traits. */
export function createContexts(count = 16_384, seed = 7) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, i) => ({
    targetingKey: `visitor-${(i * 7919 + 1_000_00).toString(36)}${random.integer(99999)}`,
    venue: `venue-${random.integer(4000)}`,
    plan: random.pick(['free', 'pro', 'team']),
    country: random.pick(['DE', 'FR', 'US', 'JP']),
    age: 18 + random.integer(60),
    version: `${1 + random.integer(3)}.${random.integer(9)}.${random.integer(9)}`,
    beta: random.next() < 0.2,
    sessions: random.integer(500),
  }));
}
