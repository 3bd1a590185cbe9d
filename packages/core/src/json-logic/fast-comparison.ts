import type { Part } from './scope.ts';
import type { Expression } from './types.ts';
import type { Comparison, Relation } from './values/comparison.ts';

/**
 * A comparison with a constant on its right. Two strings, or two numbers, compare directly: no
 * conversion and no check can change their outcome. Everything else goes through `slow`.
 */
export function compareWithConstant(
  { operator, relation }: Comparison,
  left: Expression,
  right: string | number,
  slow: Relation,
): Expression {
  if (operator === '==' || operator === '!=') {
    return equalToConstant(operator === '==', left, right, slow);
  }
  const type = typeof right;
  return (data, frame) => {
    const value = left(data, frame);
    if (typeof value !== type || Number.isNaN(value)) return slow(value, right);
    return relation(value, right);
  };
}

function equalToConstant(
  equal: boolean,
  left: Expression,
  right: string | number,
  slow: Relation,
): Expression {
  if (typeof right === 'string') {
    return (data, frame) => {
      const value = left(data, frame);
      if (typeof value !== 'string') return slow(value, right);
      return (value === right) === equal;
    };
  }
  return (data, frame) => {
    const value = left(data, frame);
    if (typeof value !== 'number' || Number.isNaN(value)) return slow(value, right);
    return (value === right) === equal;
  };
}

/** Whether {@link compareWithConstant} can take this operand as its right side. */
export function isFastConstant(part: Part): boolean {
  if (part.origin === 'computed') return false;
  const { value } = part;
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}
