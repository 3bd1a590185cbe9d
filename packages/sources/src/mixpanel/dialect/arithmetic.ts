import { primitive } from './coercion.ts';
import type { OperatorCompiler } from './logic.ts';
import { binary, variadic } from './operands.ts';
import type { RuleScope } from './rule-scope.ts';

/** Arithmetic: `+` and `*` read the numbers that texts begin with, the others convert as the language does. */
export const ARITHMETIC: readonly (readonly [string, OperatorCompiler])[] = [
  [
    '+',
    variadic((values, scope) => {
      let sum = 0;
      for (const value of values) sum += leadingNumber(value, scope);
      return sum;
    }),
  ],
  ['*', variadic(product)],
  ['-', binary(difference)],
  ['/', binary((left, right, scope) => numeric(left, scope) / numeric(right, scope))],
  ['%', binary((left, right, scope) => numeric(left, scope) % numeric(right, scope))],
  ['min', variadic((values, scope) => extreme(values, scope, Math.min))],
  ['max', variadic((values, scope) => extreme(values, scope, Math.max))],
];

function leadingNumber(value: unknown, scope: RuleScope): number {
  return Number.parseFloat(primitive(value, scope) as string);
}

/** A single operand is what it is, and no number is made of it. */
function product(values: readonly unknown[], scope: RuleScope): unknown {
  if (values.length === 0) throw new TypeError('"*" has no operands');
  return values.reduce((left, right) => leadingNumber(left, scope) * leadingNumber(right, scope));
}

function difference(left: unknown, right: unknown, scope: RuleScope): number {
  if (right === undefined) return -numeric(left, scope);
  return numeric(left, scope) - numeric(right, scope);
}

function extreme(
  values: readonly unknown[],
  scope: RuleScope,
  pick: (...numbers: number[]) => number,
): number {
  let found = pick();
  for (const value of values) found = pick(found, numeric(value, scope));
  return found;
}

/** A number, or what the language makes one of. */
function numeric(value: unknown, scope: RuleScope): number {
  return primitive(value, scope) as number;
}
