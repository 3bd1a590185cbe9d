import type { Operation } from './test.ts';
import { textOf } from './texts.ts';
import { FAILED, NO, YES } from './verdict.ts';

/** Which orders of two values satisfy an operator. */
export interface Order {
  readonly less: boolean;
  readonly equal: boolean;
  readonly more: boolean;
}

export const LESS: Order = { less: true, equal: false, more: false };
export const AT_MOST: Order = { less: true, equal: true, more: false };
export const MORE: Order = { less: false, equal: false, more: true };
export const AT_LEAST: Order = { less: false, equal: true, more: true };
export const EQUAL: Order = { less: false, equal: true, more: false };
export const UNEQUAL: Order = { less: true, equal: false, more: true };

/** Whether `a` stands to `b` in a wanted order; never, for what has no order. */
export function isOrdered<T extends number | string>(a: T, b: T, wanted: Order): boolean {
  if (a < b) return wanted.less;
  if (a > b) return wanted.more;
  return a === b && wanted.equal;
}

/**
 * `gt`, `gte`, `lt`, `lte`: by the numbers that both sides begin with, where both do; else by their texts,
 * in UTF-16 units.
 */
export function comparison(target: unknown, wanted: Order): Operation {
  const text = textOf(target);
  if (text === undefined) return { test: () => FAILED, isUsable: true };
  const limit = leadingNumber(target, text);
  return {
    test: (value) => {
      const given = textOf(value);
      if (given === undefined) return FAILED;
      const number = leadingNumber(value, given);
      const isNumeric = Number.isFinite(limit) && Number.isFinite(number);
      const holds = isNumeric ? isOrdered(number, limit, wanted) : isOrdered(given, text, wanted);
      return holds ? YES : NO;
    },
    isUsable: true,
  };
}

function leadingNumber(value: unknown, text: string): number {
  return typeof value === 'number' ? value : Number.parseFloat(text);
}
