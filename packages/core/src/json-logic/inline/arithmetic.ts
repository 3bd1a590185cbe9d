import { environmentOf } from '../environment.ts';
import { invalidArguments } from '../failure.ts';
import { argumentsFault } from '../fault.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import { loosely } from '../values/arithmetic.ts';
import { bounded } from '../values/bounds.ts';
import { type Conversion, conversionOf, type Numeric, numberOf } from './numbers.ts';

type Step = (total: number, operand: number) => number;

/** `+` */
export function inlineSum(args: unknown, scope: Scope, path: string): Part {
  if (Array.isArray(args)) return combined((total, number) => total + number, args, scope, path);
  const conversion = conversionOf(scope);
  return ofOne(args, scope, path, (value) => {
    if (!Array.isArray(value)) return conversion.result(loosely(value));
    let total = 0;
    for (let i = 0; i < bounded(value).length; i++) {
      total += loosely(conversion.convertible(value[i]));
    }
    return total;
  });
}

/** `-`; a single operand is negated. */
export function inlineDifference(args: unknown, scope: Scope, path: string): Part {
  const conversion = conversionOf(scope);
  if (Array.isArray(args)) {
    if (args.length === 0) throw argumentsFault('at least one operand', path);
    const difference = combined((total, number) => total - number, args, scope, path);
    if (args.length > 1) return difference;
    const run = difference.run as Numeric;
    return computed((data, frame) => -run(data, frame));
  }
  return ofOne(args, scope, path, (value) => {
    if (!Array.isArray(value)) return -conversion.result(loosely(value));
    if (value.length === 0) throw invalidArguments();
    if (value.length === 1) return -loosely(conversion.convertible(value[0]));
    return reduceNumbers(value, conversion, (total, number) => total - number);
  });
}

/** `*` */
export function inlineProduct(args: unknown, scope: Scope, path: string): Part {
  if (Array.isArray(args)) return combined((total, number) => total * number, args, scope, path);
  const conversion = conversionOf(scope);
  const { run } = scope.compilation.inline(args, scope, path);
  return computed((data, frame) => {
    const value = run(data, frame);
    if (!Array.isArray(value)) throw new TypeError('"*" got something that is not a list');
    return reduceNumbers([1, ...bounded(value)], conversion, (total, number) => total * number);
  });
}

/** `%` of two operands or more. */
export function inlineRemainder(args: unknown, scope: Scope, path: string): Part {
  if (Array.isArray(args)) {
    if (args.length < 2) throw argumentsFault('at least two operands', path);
    return combined((total, number) => total % number, args, scope, path);
  }
  const conversion = conversionOf(scope);
  const { run } = scope.compilation.inline(args, scope, path);
  return computed((data, frame) => {
    const value = run(data, frame);
    if (!Array.isArray(value) || value.length < 2) throw invalidArguments();
    return reduceNumbers(value, conversion, (total, number) => total % number);
  });
}

/**
 * Combines the items of a list. Each is checked when it is used, and so is every intermediate result:
 * what the last step gives is not.
 */
export function reduceNumbers(
  items: readonly unknown[],
  conversion: Conversion,
  step: Step,
): unknown {
  let total: unknown = items[0];
  for (let i = 1; i < bounded(items).length; i++) {
    const left = loosely(conversion.convertible(total));
    total = step(left, loosely(conversion.convertible(items[i])));
  }
  return total;
}

/** An operator on operands as written, from left to right. */
function combined(step: Step, args: readonly unknown[], scope: Scope, path: string): Part {
  const { result } = conversionOf(scope);
  const numbers = args.map((arg, i) => numberOf(arg, scope, `${path}[${i}]`));
  const [first, second] = numbers as [Numeric, Numeric?];
  if (second === undefined) return computed((data, frame) => result(first(data, frame)));
  if (numbers.length === 2) {
    return computed((data, frame) => result(step(first(data, frame), second(data, frame))));
  }
  const others = numbers.slice(1);
  return computed((data, frame) => {
    let total = first(data, frame);
    for (const number of others) total = step(total, number(data, frame));
    return result(total);
  });
}

/** An operator on a single expression, which may give a list; the register keeps what it gives. */
function ofOne(
  rule: unknown,
  scope: Scope,
  path: string,
  calculate: (value: unknown) => unknown,
): Part {
  const { run } = scope.compilation.inline(rule, scope, path);
  scope.fn.assignments++;
  if (!scope.fn.tracked) return computed((data, frame) => calculate(run(data, frame)));
  return computed((data, frame) => {
    const value = run(data, frame);
    environmentOf(frame).register = value;
    return calculate(value);
  });
}
