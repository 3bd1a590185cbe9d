import { numberFault, shapeFault } from '../fault.ts';
import { isConstant, isNothing, type Part, type Scope } from '../scope.ts';
import type { LogicFrame } from '../types.ts';
import { checkedNumber, convertible, loosely, operand } from '../values/arithmetic.ts';

/** An operand that gives a number, or throws. */
export type Numeric = (data: unknown, frame: LogicFrame) => number;

/** How strictly values become numbers. */
export interface Conversion {
  readonly operand: (value: unknown) => number;
  readonly convertible: (value: unknown) => unknown;
  readonly result: (number: number) => number;
}

const CHECKED: Conversion = { operand, convertible, result: checkedNumber };

/** Within the first arguments of a `try` that begins with `+` nothing is checked. */
const LENIENT: Conversion = {
  operand: loosely,
  convertible: (value) => value,
  result: (number) => number,
};

export function conversionOf(scope: Scope): Conversion {
  return scope.lenient ? LENIENT : CHECKED;
}

/** Compiles an operand of arithmetic. One that can never be a number does not compile. */
export function numberOf(rule: unknown, scope: Scope, path: string): Numeric {
  const operand = operandOf(rule, scope, path);
  if (typeof operand === 'function') return operand;
  const { number } = operand;
  return () => number;
}

/** As {@link numberOf}; nor does a zero compile that is written as a number. */
export function divisorOf(rule: unknown, scope: Scope, path: string): Numeric {
  const operand = operandOf(rule, scope, path);
  if (typeof operand === 'function') return operand;
  const { number, asNumber } = operand;
  if (number === 0 && asNumber) throw numberFault(path);
  return () => number;
}

interface KnownNumber {
  readonly number: number;
  /** Written as a number or a numeric string, not as null, true or false. */
  readonly asNumber: boolean;
}

function operandOf(rule: unknown, scope: Scope, path: string): KnownNumber | Numeric {
  if (Array.isArray(rule)) throw numberFault(path);
  const part = scope.compilation.inline(rule, scope, path);
  if (part.bracketed) throw numberFault(path);
  if (isConstant(part)) {
    const known = knownNumber(part, path);
    if (known !== undefined) return known;
  }
  const { run } = part;
  const convert = conversionOf(scope).operand;
  return (data, frame) => convert(run(data, frame));
}

function knownNumber(part: Part, path: string): KnownNumber | undefined {
  const { value } = part;
  if (typeof value === 'boolean' || value === null) {
    return { number: Number(value), asNumber: false };
  }
  if (isNothing(part)) throw shapeFault('numbers', path);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (typeof value === 'number' && Number.isNaN(value)) return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) throw numberFault(path);
  return { number: number === 0 ? 0 : number, asNumber: true };
}
