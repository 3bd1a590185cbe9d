import type { Evaluation } from './evaluation.ts';

// The only place that reads data. JSON has no undefined, so what reads as undefined is no node: a member
// that is missing or inherited, a hole, a getter that throws.

/** The steps that listing a member counts as: of a large object it takes a hash lookup or two. */
const STEPS_PER_NAME = 10;

/** Whether a value is a JSON object: a plain one, of this realm or another, or one without prototype. */
export function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The first comparison decides for nearly all data; the rest is for what is rare.
  if (prototype === Object.prototype) return true;
  if (Array.isArray(value)) return false;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A member of an object; undefined when there is none or the value is no object. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? readOwn(value, name) : undefined;
}

/** An element of an array, counted from its end if negative; undefined when there is none. */
export function elementOf(value: unknown, index: number): unknown {
  if (!Array.isArray(value)) return undefined;
  return readOwn(value, index < 0 ? value.length + index : index);
}

/** Follows names and indexes; undefined as soon as one leads nowhere. */
export function follow(start: unknown, path: readonly (string | number)[]): unknown {
  let value = start;
  // Counted, not iterated: this is what most queries are, and it must not allocate.
  for (let i = 0; i < path.length && value !== undefined; i++) {
    const step = path[i];
    value = typeof step === 'string' ? memberOf(value, step) : elementOf(value, step as number);
  }
  return value;
}

/** The names of an object's members, in document order. */
export function memberNames(object: object, evaluation: Evaluation): string[] {
  return listNames(object, evaluation).filter((name) => readOwn(object, name) !== undefined);
}

/**
 * Hands each child of a value, in order, to `visit` until that returns true. Whether it did; values
 * that are neither arrays nor objects have no children.
 */
export function someChild(
  value: unknown,
  evaluation: Evaluation,
  visit: (child: unknown) => boolean,
): boolean {
  if (Array.isArray(value)) return someElement(value, evaluation, visit);
  if (!isObject(value)) return false;
  for (const name of listNames(value, evaluation)) {
    evaluation.visit(1);
    const child = readOwn(value, name);
    if (child !== undefined && visit(child)) return true;
  }
  return false;
}

function someElement(
  array: readonly unknown[],
  evaluation: Evaluation,
  visit: (child: unknown) => boolean,
): boolean {
  for (let i = 0; i < array.length; i++) {
    // Holes count as well: an array of nothing else may be four billion long.
    evaluation.visit(1);
    const child = readOwn(array, i);
    if (child !== undefined && visit(child)) return true;
  }
  return false;
}

function listNames(object: object, evaluation: Evaluation): string[] {
  const names = Object.keys(object);
  evaluation.step(names.length * STEPS_PER_NAME);
  return names;
}

function readOwn(container: object, key: string | number): unknown {
  try {
    return Object.hasOwn(container, key)
      ? (container as Record<string | number, unknown>)[key]
      : undefined;
  } catch {
    return undefined;
  }
}
