import { environmentOf } from '../environment.ts';
import { invalidArguments } from '../failure.ts';
import { argumentsFault } from '../fault.ts';
import { computed, type OpenForm, type Part, type Scope } from '../scope.ts';
import { loosely } from '../values/arithmetic.ts';
import { bounded } from '../values/bounds.ts';
import { reduceNumbers } from './arithmetic.ts';
import { type Conversion, conversionOf, divisorOf, type Numeric, numberOf } from './numbers.ts';
import { evaluateForm } from './precedence.ts';

/** `/`; a single operand is divided into 1. */
export function inlineQuotient(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return quotientOfOne(args, scope, path);
  if (args.length === 0) throw argumentsFault('at least one operand', path);
  const { result } = conversionOf(scope);
  const single = args.length === 1;
  const first: Numeric = single ? () => 1 : numberOf(args[0], scope, `${path}[0]`);
  const divisors = args
    .slice(single ? 0 : 1)
    .map((arg: unknown, i) => divisorOf(arg, scope, `${path}[${single ? 0 : i + 1}]`));
  return computed((data, frame) => {
    let total = first(data, frame);
    for (const divisor of divisors) total /= result(divisor(data, frame) || Number.NaN);
    return result(total);
  });
}

/** The quotient of what one expression gives, which has to be a list. */
function quotientOfOne(rule: unknown, scope: Scope, path: string): Part {
  const conversion = conversionOf(scope);
  const { run } = scope.compilation.inline(rule, scope, path);
  scope.fn.assignments++;
  if (!scope.fn.tracked) {
    const divide = (list: readonly unknown[]) =>
      list.length === 1 ? inverse(list, conversion) : quotient(list, conversion);
    return computed((data, frame) => divide(filled(run(data, frame))), {
      open: { form: undefined, slipsGuard: true },
    });
  }
  const form: OpenForm = {
    head: (data, frame) => {
      const list = run(data, frame);
      environmentOf(frame).register = list;
      return filled(list);
    },
    rest: (head, _data, frame) => head && listIn(environmentOf(frame).register).length === 1,
    usesAnd: true,
    whenTrue: (_data, frame) => inverse(listIn(environmentOf(frame).register), conversion),
    whenFalse: (_data, frame) => quotient(listIn(environmentOf(frame).register), conversion),
  };
  const open = { form, slipsGuard: true };
  return computed((data, frame) => evaluateForm(form, data, frame), { open });
}

function listIn(register: unknown): readonly unknown[] {
  return register as readonly unknown[];
}

function filled(list: unknown): readonly unknown[] {
  if (!Array.isArray(list) || list.length < 1) throw invalidArguments();
  return bounded(list);
}

function inverse(list: readonly unknown[], conversion: Conversion): number {
  return 1 / loosely(conversion.convertible(list[0] || Number.NaN));
}

function quotient(list: readonly unknown[], conversion: Conversion): unknown {
  const divisors = list.slice(1).map((divisor) => divisor || Number.NaN);
  return reduceNumbers([list[0], ...divisors], conversion, (total, number) => total / number);
}
