import type { LogicPlace, OperatorCompiler } from './logic.ts';
import type { Expression, RuleScope } from './rule-scope.ts';

/** All operands, evaluated: whatever an operator needs of them, each may fail. */
export function evaluated(
  operands: readonly unknown[],
  place: LogicPlace,
): (scope: RuleScope, data: unknown) => unknown[] {
  const runs = operands.map((operand) => place.part(operand).run);
  return (scope, data) => {
    const values: unknown[] = [];
    for (let i = 0; i < runs.length; i++) values.push((runs[i] as Expression)(scope, data));
    return values;
  };
}

/** An operator of two operands; those that are missing are undefined, and more are of no use. */
export function binary(
  apply: (left: unknown, right: unknown, scope: RuleScope) => unknown,
): OperatorCompiler {
  return (operands, place) => {
    if (operands.length !== 2) {
      const values = evaluated(operands, place);
      return (scope, data) => {
        const [left, right] = values(scope, data);
        return apply(left, right, scope);
      };
    }
    const left = place.part(operands[0]).run;
    const right = place.part(operands[1]).run;
    return (scope, data) => apply(left(scope, data), right(scope, data), scope);
  };
}

/** An operator of any number of operands. */
export function variadic(
  apply: (values: readonly unknown[], scope: RuleScope) => unknown,
): OperatorCompiler {
  return (operands, place) => {
    const values = evaluated(operands, place);
    return (scope, data) => apply(values(scope, data), scope);
  };
}
