import { invalidArguments, notANumber } from '../failure.ts';
import { bounded } from './bounds.ts';

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** A number that is one; not-a-number is thrown. */
export function checkedNumber(number: number): number {
  if (Number.isNaN(number)) throw notANumber();
  return number;
}

/** A value fit for conversion to a number: objects and not-a-number are thrown. */
export function convertible(value: unknown): unknown {
  if (isObject(value) || Number.isNaN(value)) throw notANumber();
  return value;
}

/** The language's conversion to a number, without any check. */
export function loosely(value: unknown): number {
  return +(value as number);
}

/** An operand converted to a number; may give not-a-number for strings and undefined. */
export function operand(value: unknown): number {
  return typeof value === 'number' ? checkedNumber(value) : +(convertible(value) as number);
}

/** `+` as the interpreter adds a list, or converts a single value. */
export function sum(value: unknown): number {
  if (!value) return 0;
  if (!Array.isArray(value)) return checkedNumber(operand(value));
  let total = 0;
  for (let i = 0; i < bounded(value).length; i++) {
    if (isObject(value[i])) throw notANumber();
    total += loosely(value[i]);
  }
  return checkedNumber(total);
}

/** `-` as the interpreter subtracts within a list, or negates a single value. */
export function difference(value: unknown): number {
  if (!value) return 0;
  if (!Array.isArray(value)) return -checkedNumber(operand(value));
  if (isObject(value[0])) throw notANumber();
  if (value.length === 0) throw invalidArguments();
  if (value.length === 1) return -loosely(value[0]);
  let rest = value[0] as number;
  for (let i = 1; i < bounded(value).length; i++) {
    if (isObject(value[i])) throw notANumber();
    rest -= loosely(value[i]);
  }
  return checkedNumber(rest);
}

/** `*` as the interpreter multiplies a list. */
export function product(factors: readonly unknown[]): number {
  let result = 1;
  for (let i = 0; i < factors.length; i++) {
    if (isObject(factors[i])) throw notANumber();
    result *= loosely(factors[i]);
  }
  return checkedNumber(result);
}

/** `/` as the interpreter divides within a list; one item is divided into 1. */
export function quotient(list: readonly unknown[]): number {
  if (isObject(list[0])) throw notANumber();
  if (list.length === 0) throw invalidArguments();
  if (list.length === 1) {
    if (!loosely(list[0])) throw notANumber();
    return 1 / loosely(list[0]);
  }
  let result = loosely(list[0]);
  for (let i = 1; i < list.length; i++) {
    if (isObject(list[i]) || !list[i]) throw notANumber();
    result /= loosely(list[i]);
  }
  if (result === Number.POSITIVE_INFINITY) throw notANumber();
  return checkedNumber(result);
}

/** `%` as the interpreter takes remainders within a list. */
export function remainder(list: readonly unknown[]): number {
  if (isObject(list[0])) throw notANumber();
  if (list.length < 2) throw invalidArguments();
  let result = loosely(list[0]);
  for (let i = 1; i < list.length; i++) {
    if (isObject(list[i])) throw notANumber();
    result %= loosely(list[i]);
  }
  return checkedNumber(result);
}
