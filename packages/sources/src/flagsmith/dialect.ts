import { COMPARISONS, comparison } from './dialect/comparison.ts';
import { membership } from './dialect/membership.ts';
import { modulo } from './dialect/modulo.ts';
import { pythonText } from './dialect/python-text.ts';
import type { ValueTest } from './dialect/test.ts';
import { contains, containsNot, regex } from './dialect/text-search.ts';
import { toTraitValue } from './dialect/trait-value.ts';

/** A condition's operand: a text, null, or with IN also a list. */
export type Operand = unknown;

type OperatorCompiler = (operand: Operand) => ValueTest;

/**
 * Flagsmith's operators, apart from PERCENTAGE_SPLIT, which also needs to know its segment. They follow
 * the semantics of Flagsmith's Python engine: `IN`, `EQUAL` and the others see texts made of digits as
 * numbers.
 */
const OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['IS_SET', () => (value) => value !== null],
  ['IS_NOT_SET', () => (value) => value === null],
  ['IN', membership],
  ['CONTAINS', onText(contains)],
  ['NOT_CONTAINS', onText(containsNot)],
  ['REGEX', onText(regex)],
  ['MODULO', onText(modulo)],
  ...Object.entries(COMPARISONS).map(([operator, accepted]): [string, OperatorCompiler] => [
    operator,
    onText((operand) => comparison(accepted, operand)),
  ]),
]);

/** The test of an operator with its operand; undefined for an unknown operator. */
export function compileOperator(operator: string, operand: Operand): ValueTest | undefined {
  return OPERATORS.get(operator)?.(operand);
}

/** Operands are texts or null; numbers and booleans, which only hand-made documents have, are texts. */
function onText(compile: (operand: string | null) => ValueTest): OperatorCompiler {
  return (operand) => compile(operandText(operand));
}

/** An operand as a text; null where there is none. */
export function operandText(operand: Operand): string | null {
  if (typeof operand === 'string') return operand;
  return operand === null || operand === undefined ? null : pythonText(toTraitValue(operand));
}
