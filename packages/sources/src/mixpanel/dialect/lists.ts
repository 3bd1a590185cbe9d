import { isTruthy } from './coercion.ts';
import type { Body, OperatorCompiler } from './logic.ts';
import { variadic } from './operands.ts';
import type { RuleScope } from './rule-scope.ts';

/** `merge`: all operands in one list, the items of those that are lists themselves. */
export const merge = variadic((values, scope) => {
  const merged: unknown[] = [];
  for (const value of values) {
    const items = Array.isArray(value) ? value : [value];
    scope.spend(items.length);
    for (const item of items) merged.push(item);
  }
  return merged;
});

/** `map`: what the body gives for each item. */
export const map = overList((list, body, scope) => list.map((item) => body.run(scope, item)), []);

/** `filter`: the items for which the body is true. */
export const filter = overList(
  (list, body, scope) => list.filter((item) => isTruthy(body.run(scope, item))),
  [],
);

/** `all`: whether the body is true for every item of a list that has any. */
export const all = overList(
  (list, body, scope) => list.length > 0 && list.every((item) => isTruthy(body.run(scope, item))),
  false,
);

/** `some`: whether the body is true for any item. */
export const some = overList(
  (list, body, scope) => list.some((item) => isTruthy(body.run(scope, item))),
  false,
);

/** `none`: whether the body is true for no item. */
export const none = overList(
  (list, body, scope) => !list.some((item) => isTruthy(body.run(scope, item))),
  true,
);

/** `reduce`: the body sees an item as `current`, and what it gave for the one before as `accumulator`. */
export const reduce: OperatorCompiler = (operands, place) => {
  const [source, logic, initial] = operands;
  const { run } = place.part(source);
  const body = place.body(logic);
  const first = place.part(initial === undefined ? null : initial).run;
  return (scope, data) => {
    const list = run(scope, data);
    let accumulator = first(scope, data);
    if (!Array.isArray(list)) return accumulator;
    spendOn(list, body, scope);
    for (const current of list) accumulator = body.run(scope, { current, accumulator });
    return accumulator;
  };
};

/** An operator that goes through a list. `otherwise`: what anything else than a list gives. */
function overList(
  apply: (list: readonly unknown[], body: Body, scope: RuleScope) => unknown,
  otherwise: boolean | readonly [],
): OperatorCompiler {
  return ([source, logic], place) => {
    const { run } = place.part(source);
    const body = place.body(logic);
    return (scope, data) => {
      const list = run(scope, data);
      if (!Array.isArray(list)) return otherwise === true || otherwise === false ? otherwise : [];
      spendOn(list, body, scope);
      return apply(list, body, scope);
    };
  };
}

/** Before the body runs: what it takes is known. */
function spendOn(list: readonly unknown[], { size }: Body, scope: RuleScope): void {
  scope.spend(list.length * size);
}
