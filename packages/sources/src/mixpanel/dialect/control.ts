import { isTruthy } from './coercion.ts';
import type { OperatorCompiler } from './logic.ts';
import type { Expression } from './rule-scope.ts';

/** `if`: pairs of a condition and what it gives, and what else; null without it. */
export const conditional: OperatorCompiler = (operands, place) => {
  const runs = operands.map((operand) => place.part(operand).run);
  const pairs = runs.length - (runs.length % 2);
  const otherwise = runs.length % 2 === 1 ? runs[pairs] : undefined;
  return (scope, data) => {
    for (let i = 0; i < pairs; i += 2) {
      if (isTruthy(runs[i]?.(scope, data))) return runs[i + 1]?.(scope, data);
    }
    return otherwise === undefined ? null : otherwise(scope, data);
  };
};

/** `and`: the first operand that is false, else the last. */
export const and = untilOneIs(false);

/** `or`: the first operand that is true, else the last. */
export const or = untilOneIs(true);

function untilOneIs(decisive: boolean): OperatorCompiler {
  return (operands, place) => {
    const runs = operands.map((operand) => place.part(operand).run);
    return (scope, data) => {
      let value: unknown;
      for (let i = 0; i < runs.length; i++) {
        value = (runs[i] as Expression)(scope, data);
        if (isTruthy(value) === decisive) return value;
      }
      return value;
    };
  };
}
