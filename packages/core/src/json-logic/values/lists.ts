import { invalidArguments } from '../failure.ts';
import { readOwn } from '../paths.ts';
import { bounded, boundedCount } from './bounds.ts';

const EMPTY: readonly unknown[] = Object.freeze([]);

/** The list an iterator walks: empty for null and the like. Throws for anything that is no list. */
export function listOf(value: unknown): readonly unknown[] {
  if (!value) return EMPTY;
  if (!Array.isArray(value)) throw new TypeError('an iterator got something that is not a list');
  return bounded(value);
}

/** How many items an index can reach in a list, a string, or an object with a length of its own. */
export function countOf(value: unknown): number {
  if (value === null || value === undefined) throw new TypeError('null has no items');
  const count = Number(readOwn(value, 'length') ?? 0);
  return count > 0 ? boundedCount(count) : 0;
}

/** `in`, on a list or a string. */
export function includes(item: unknown, container: unknown): boolean {
  if (!container) return false;
  // Not the list's own `includes`: a list in the data may have a property of that name.
  if (Array.isArray(container)) return Array.prototype.includes.call(bounded(container), item);
  if (typeof container === 'string') return container.includes(item as string);
  throw new TypeError('"in" looks into something that is neither a list nor a string');
}

/** `merge`: one list of all the items, lists taken apart one level deep. */
export function merge(args: readonly unknown[]): unknown[] {
  const merged: unknown[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!Array.isArray(arg)) merged.push(arg);
    else for (let j = 0; j < bounded(arg).length; j++) merged.push(arg[j]);
    bounded(merged);
  }
  return merged;
}

/** `max` or `min`, of numbers only. */
export function extreme(numbers: readonly unknown[], larger: boolean): number {
  let result = numberAt(numbers, 0);
  for (let i = 1; i < numbers.length; i++) {
    const number = numberAt(numbers, i);
    if (larger ? number > result : number < result) result = number;
  }
  return result;
}

function numberAt(numbers: readonly unknown[], position: number): number {
  const number = numbers[position];
  if (typeof number !== 'number') throw invalidArguments();
  return number;
}

/** `length` of a string, a list, or an object's own keys. */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  throw invalidArguments();
}

/** `keys` of an object or a list; none of anything else. */
export function keysOf(value: unknown): string[] {
  if (value === null) throw new TypeError('"keys" got null');
  return typeof value === 'object' ? Object.keys(value as object) : [];
}
