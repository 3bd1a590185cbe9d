import { listText, primitive, textOf } from './coercion.ts';
import type { LogicPlace, OperatorCompiler } from './logic.ts';
import { binary, evaluated, variadic } from './operands.ts';
import type { RuleScope } from './rule-scope.ts';

/** `cat`: texts one behind the other; null is empty. */
export const cat = variadic((values, scope) => listText(values, scope, ''));

/** `substr`: from a position, a length; from the end where they are negative. */
export const substr = variadic(([source, from, length], scope) => {
  const text = textOf(source, scope);
  const start = primitive(from, scope) as number;
  const count = primitive(length, scope) as number;
  scope.spend(text.length);
  if (!(count < 0)) return text.substr(start, count);
  const rest = text.substr(start);
  // Plus, not addition: a length that is a text is put behind the digits, and the language reads that.
  return rest.substr(0, ((rest.length as unknown as string) + count) as unknown as number);
});

/** `in`: whether a text is a part of another one, or a value an item of a list. */
export const membership: OperatorCompiler = (operands, place) => {
  const [item, list] = operands;
  const values = operands.length === 2 ? scalars(list, place) : undefined;
  if (values === undefined) return anyMembership(operands, place);
  const set = new Set(values);
  const { run } = place.part(item);
  return (scope, data) => set.has(run(scope, data));
};

const anyMembership = binary((item, list, scope) => {
  if (typeof list !== 'string' && !Array.isArray(list)) return false;
  scope.spend(list.length);
  return typeof list === 'string'
    ? list !== '' && list.indexOf(primitive(item, scope) as string) !== -1
    : list.indexOf(item) !== -1;
});

/** The items of a list that has nothing to evaluate, as most have; NaN is in no list. */
function scalars(list: unknown, place: LogicPlace): readonly unknown[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const values: unknown[] = [];
  for (const item of list) {
    if (typeof item === 'object' && item !== null) return undefined;
    if (!Number.isNaN(item)) values.push(place.fold(item));
  }
  return values;
}

/** `log`: its operand; nothing is written anywhere. */
export const log: OperatorCompiler = (operands, place) => {
  const values = evaluated(operands, place);
  return (scope: RuleScope, data) => values(scope, data)[0];
};
