import { aboveOf } from '../environment.ts';
import { shapeFault } from '../fault.ts';
import { readOwn, readPath, splitPath, toKey } from '../paths.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { lookUpPath, withoutFunctions } from '../values/variables.ts';
import { injected } from '../variables.ts';

/** `var` or `val` with a single constant argument. */
export function interpretVariable(
  name: 'var' | 'val',
  key: unknown,
  scope: Scope,
  path: string,
): Part {
  if (name === 'val') return readKey(toKey(key), scope);
  if (!key) return computed((data) => withoutFunctions(data ?? null));
  if (typeof key === 'number') return readKey(key, scope);
  if (typeof key !== 'string' && !Array.isArray(key)) throw shapeFault('a path', path);
  if (!key.includes('.') && !key.includes('\\')) return readKey(String(key), scope);
  if (typeof key !== 'string') throw shapeFault('a path', path);
  if (key.startsWith('../')) {
    scope.fn.usesAbove = true;
    return computed((data, frame) => lookUpPath(key, data, aboveOf(frame)));
  }
  const names = splitPath(key);
  const variable = injected(names, scope);
  if (variable !== undefined) return computed(known(variable));
  if (names.length === 2 || names.length === 3) return computed(readThrough(names));
  return computed((data) => withoutFunctions(readPath(data, names) ?? null));
}

/** `var` with a list of arguments that begins with a path as written; undefined with any other. */
export function interpretWithDefault(
  args: readonly unknown[],
  list: Expression,
  scope: Scope,
): Part | undefined {
  const [key] = args;
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const path = String(key);
  if (path === '' || path.startsWith('../')) return undefined;
  const names = splitPath(path);
  const read = injected(names, scope) ?? ((data: unknown) => readPath(data, names));
  return computed((data, frame) => {
    const [, fallback] = list(data, frame) as readonly unknown[];
    const value = read(data, frame);
    return withoutFunctions(value === undefined ? (fallback ?? null) : value);
  });
}

function readKey(key: string | number, scope: Scope): Part {
  const variable = injected([String(key)], scope);
  if (variable !== undefined) return computed(known(variable));
  return computed((data) => {
    if (!data) return null;
    return withoutFunctions(readOwn(data, key) ?? null);
  });
}

function known(variable: Expression): Expression {
  return (data, frame) => variable(data, frame) ?? null;
}

/** Follows two or three names; a false value on the way is the result. */
export function readThrough(names: readonly (string | number)[]): Expression {
  return (data) => {
    let value = data;
    for (let i = 0; i < names.length && value; i++) value = readOwn(value, names[i] as string);
    return withoutFunctions(value ?? null);
  };
}
