import { messageOf } from '@halyard/core';
import { ARITHMETIC } from './dialect/arithmetic.ts';
import { COMPARISONS } from './dialect/comparison.ts';
import { and, conditional, or } from './dialect/control.ts';
import { compileDefinition, type PropertyTest } from './dialect/definition.ts';
import { all, filter, map, merge, none, reduce, some } from './dialect/lists.ts';
import { compileLogic, type OperatorCompiler, type Operators } from './dialect/logic.ts';
import { datetimeCompare, semverCompare } from './dialect/ordered.ts';
import { cat, log, membership, substr } from './dialect/texts.ts';
import { missing, missingSome, variable } from './dialect/variables.ts';

/** JSON Logic's operators as json-logic-js has them, and Mixpanel's own. */
const OPERATORS: Operators = new Map<string, OperatorCompiler>([
  ...COMPARISONS,
  ...ARITHMETIC,
  ['if', conditional],
  ['?:', conditional],
  ['and', and],
  ['or', or],
  ['var', variable],
  ['missing', missing],
  ['missing_some', missingSome],
  ['in', membership],
  ['cat', cat],
  ['substr', substr],
  ['log', log],
  ['merge', merge],
  ['map', map],
  ['filter', filter],
  ['reduce', reduce],
  ['all', all],
  ['some', some],
  ['none', none],
  ['semver_compare', semverCompare],
  ['datetime_compare', datetimeCompare],
]);

/** A condition on the visitor's properties. */
export interface PropertyCondition {
  /** Throws what the condition throws, by which it does not hold. */
  readonly test: PropertyTest;
  /** The field of the rollout that it is written in. */
  readonly field: 'runtime_evaluation_rule' | 'runtime_evaluation_definition';
  /** Whether properties may be a list, too, whose items are then its properties. */
  readonly takesLists: boolean;
  /** What is wrong with it. */
  readonly problems: readonly string[];
}

/**
 * Compiles a `runtime_evaluation_rule`. Its value counts as the language has it: an empty list is true
 * here, though operators take it for false. A rule that does not compile never holds.
 */
export function compileRule(rule: unknown): PropertyCondition {
  const field = 'runtime_evaluation_rule';
  try {
    const { run, problems } = compileLogic(rule, OPERATORS);
    const test: PropertyTest = (scope) => Boolean(run(scope, undefined));
    return { field, test, takesLists: false, problems };
  } catch (thrown) {
    const problems = [`the rule does not compile: ${messageOf(thrown)}`];
    return { field, test: () => false, takesLists: false, problems };
  }
}

/** Compiles a `runtime_evaluation_definition`. */
export function compileOlderRule(definition: unknown): PropertyCondition {
  const test = compileDefinition(definition);
  return { field: 'runtime_evaluation_definition', test, takesLists: true, problems: [] };
}
