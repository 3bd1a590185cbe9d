import {
  type EvaluationScope,
  type FlagOutcome,
  type FlagSource,
  flagNotFound,
  flagValueType,
  type Resolution,
  type Ruleset,
} from '@halyard/core';

/** What flags can come out as, where that can be listed. */
const OUTCOMES: Readonly<Record<string, readonly FlagOutcome[]>> = {
  delivery: [{ value: 'free' }, { value: 'paid' }],
};

/** How many things in the cart make delivery free. */
const FREE_FROM = 3;

/** A backend whose flags show whom they are decided for. */
export function mirrorSource(): FlagSource<object> {
  return {
    name: 'mirror',
    id: 'mirror',
    definitions: { kind: 'inline', value: {} },
    compile: () => ruleset,
    select: ({ value }, type) => {
      return type === undefined || flagValueType(value) === type ? value : undefined;
    },
  };
}

const FLAGS: Readonly<Record<string, (scope: EvaluationScope) => Resolution>> = {
  /** What the visitor is bucketed by. */
  bucket: ({ context }) => decided(context.targetingKey ?? 'nobody'),
  /** What the page says of the cart, as it is. */
  cart: ({ context }) => decided(String(context.cartSize ?? 'nothing')),
  /** Goes by what the page says of the cart. */
  delivery: ({ context }) => decided(Number(context.cartSize) >= FREE_FROM ? 'free' : 'paid'),
  /** Goes by what the server says of the account. */
  plan: ({ context }) => decided(String(context.plan ?? 'none')),
};

const ruleset: Ruleset = {
  source: 'mirror',
  version: 'v1',
  flagKeys: Object.keys(FLAGS),
  diagnostics: [],
  resolve: (key, scope) =>
    Object.hasOwn(FLAGS, key) ? (FLAGS[key]?.(scope) ?? flagNotFound(key)) : flagNotFound(key),
  resolveAll: (scope) => Object.values(FLAGS).map((flag) => flag(scope)),
  outcomesOf: (key) => (Object.hasOwn(OUTCOMES, key) ? OUTCOMES[key] : undefined),
};

function decided(value: string): Resolution {
  return { value, reason: 'TARGETING_MATCH' };
}
