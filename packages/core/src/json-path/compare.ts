import { compareCodePoints } from '../code-point-order.ts';
import { isObject, memberNames, memberOf } from './data.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Whether two values are equal (RFC 9535, section 2.3.5.2.2): arrays element by element, objects member
 * by member in any order. Undefined stands for Nothing, which equals only itself.
 *
 * @throws Exhausted when the values are too large, or cyclic.
 */
export function equal(left: unknown, right: unknown, evaluation: Evaluation): boolean {
  // Pairs still to be compared, without recursion: the data may be deeper than the stack.
  const pairs: [unknown, unknown][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    const parts = pairsWithin(a, b, evaluation);
    if (parts === undefined) return false;
    for (const part of parts) pairs.push(part);
  }
  return true;
}

/** The pairs that must be equal for two containers to be; undefined when those already differ. */
function pairsWithin(
  a: unknown,
  b: unknown,
  evaluation: Evaluation,
): [unknown, unknown][] | undefined {
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return undefined;
    evaluation.visit(a.length);
    return Array.from(a, (item: unknown, i) => [item, b[i]]);
  }
  if (!isObject(a) || !isObject(b)) return undefined;
  const names = memberNames(a, evaluation);
  if (names.length !== memberNames(b, evaluation).length) return undefined;
  evaluation.visit(names.length);
  return names.map((name) => [memberOf(a, name), memberOf(b, name)]);
}

/** Whether `left` orders before `right`: two numbers, or two strings by their code points. */
export function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left === 'string' && typeof right === 'string') {
    return compareCodePoints(left, right) < 0;
  }
  return false;
}
