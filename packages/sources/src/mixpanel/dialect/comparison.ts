import { isTruthy, primitive } from './coercion.ts';
import type { OperatorCompiler } from './logic.ts';
import { binary, variadic } from './operands.ts';
import type { RuleScope } from './rule-scope.ts';

type Order = (left: never, right: never) => boolean;

const isLess: Order = (left, right) => left < right;
const isAtMost: Order = (left, right) => left <= right;

/** The language's own comparisons. Its `<` of two texts is that of texts, of anything else of numbers. */
export const COMPARISONS: readonly (readonly [string, OperatorCompiler])[] = [
  ['==', binary(areLike)],
  ['!=', binary((left, right, scope) => !areLike(left, right, scope))],
  ['===', binary((left, right) => left === right)],
  ['!==', binary((left, right) => left !== right)],
  ['<', between(isLess)],
  ['<=', between(isAtMost)],
  ['>', binary((left, right, scope) => ordered(right, left, scope, isLess))],
  ['>=', binary((left, right, scope) => ordered(right, left, scope, isAtMost))],
  ['!!', variadic(([value]) => isTruthy(value))],
  ['!', variadic(([value]) => !isTruthy(value))],
];

/** The language's `==`. */
function areLike(left: unknown, right: unknown, scope: RuleScope): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return false;
  if (isObject(left)) {
    // Lists are equal to themselves alone, and like whatever is like their texts.
    if (isObject(right) || right === null || right === undefined) return false;
    return isLike(primitive(left, scope), right);
  }
  if (isObject(right) && (left === null || left === undefined)) return false;
  return isLike(left, primitive(right, scope));
}

function isLike(left: unknown, right: unknown): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the language's own `==` is what is asked for
  return left == right;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function ordered(left: unknown, right: unknown, scope: RuleScope, inOrder: Order): boolean {
  return inOrder(primitive(left, scope) as never, primitive(right, scope) as never);
}

/** Of three operands: whether they are in this order. */
function between(inOrder: Order): OperatorCompiler {
  const two = binary((left, right, scope) => ordered(left, right, scope, inOrder));
  const three = variadic(([left, middle, right], scope) => {
    if (right === undefined) return ordered(left, middle, scope, inOrder);
    return ordered(left, middle, scope, inOrder) && ordered(middle, right, scope, inOrder);
  });
  return (operands, place) => (operands.length > 2 ? three : two)(operands, place);
}
