import type { Above } from '../environment.ts';
import { readOwn, splitPath, toKey } from '../paths.ts';
import { countOf } from './lists.ts';

const CLIMB = '../';

/** Functions are never handed to a rule. */
export function withoutFunctions(value: unknown): unknown {
  return typeof value === 'function' ? null : value;
}

/** `var` with a path known only at run time: `path`, or `[path, default]`. */
export function lookUpPath(argument: unknown, data: unknown, above: Above): unknown {
  const list = Array.isArray(argument);
  const fallback: unknown = list ? (argument[1] ?? null) : null;
  const climbed = climb(list ? argument[0] : argument, data, above);
  const { path } = climbed;
  if (path === undefined || path === null || path === '') return withoutFunctions(climbed.data);
  let value = climbed.data;
  for (const name of splitPath(String(path))) {
    value = readOwn(value, name);
    if (value === undefined) return fallback;
  }
  return withoutFunctions(value);
}

/** Leaves one level for each leading `../`. */
function climb(path: unknown, data: unknown, above: Above): { path: unknown; data: unknown } {
  if (typeof path !== 'string') return { path, data };
  let rest = path;
  let current = data;
  let levels = above;
  let next = 0;
  while (rest.startsWith(CLIMB) && next < levels.length) {
    current = levels[next++];
    rest = rest.slice(CLIMB.length);
    if (next === levels.length && Array.isArray(current)) {
      levels = current;
      current = levels[0];
      next = 1;
    }
  }
  return { path: rest, data: current };
}

/** What `exists` asks {@link lookUpKeys} to give when there is nothing. */
export const NOTHING: unique symbol = Symbol('nothing');

/** `val` with keys known only at run time; gives `absent` when there is nothing. */
export function lookUpKeys(
  argument: unknown,
  data: unknown,
  above: Above,
  absent: null | typeof NOTHING = null,
): unknown {
  const single = Array.isArray(argument) && argument.length === 1 && !Array.isArray(argument[0]);
  const keys: unknown = single ? argument[0] : argument;
  if (!Array.isArray(keys)) {
    const key = toKey(keys);
    if (absent !== null && !hasKey(data, key)) return absent;
    return withoutFunctions(readOwn(data, key) ?? null);
  }
  const climbs = Array.isArray(keys[0]) && keys[0].length === 1;
  let value = climbs ? levelAt(Math.abs(keys[0][0] as number), data, above) : data;
  for (let i = climbs ? 1 : 0; i < keys.length; i++) {
    const key = toKey(keys[i]);
    if (absent !== null && !hasKey(value, key)) return absent;
    if (value === null || value === undefined) return null;
    value = readOwn(value, key);
  }
  return value === undefined || typeof value === 'function' ? absent : value;
}

function hasKey(container: unknown, key: string | number): boolean {
  if (!container) return false;
  if (typeof container !== 'object') throw invalidKeyContainer();
  return Object.hasOwn(container, key);
}

function invalidKeyContainer(): TypeError {
  return new TypeError('"exists" looks for a key in something that is not an object');
}

/** The data `climbs` levels up; there is nothing beyond the last. */
function levelAt(climbs: number, data: unknown, above: Above): unknown {
  let current = data;
  let levels = above;
  let next = 0;
  for (let i = 0; i < climbs; i++) {
    if (next >= levels.length) return undefined;
    current = levels[next++];
    if (i === levels.length - 1 && Array.isArray(current)) {
      levels = current;
      current = levels[0];
      next = 1;
    }
  }
  return current;
}

/** `get`: `[data, path, default]`. */
export function getPath(args: readonly unknown[]): unknown {
  const [container, path, fallback = null] = args;
  let value = container;
  for (const name of splitPath(String(path))) {
    value = readOwn(value, name);
    if (value === undefined) return fallback;
  }
  if (value === null || value === undefined) {
    throw new TypeError('"get" reads a property of null');
  }
  return withoutFunctions(value);
}

/** `missing`: those of the paths that lead nowhere. */
export function missingPaths(paths: unknown, data: unknown): unknown[] {
  const missing: unknown[] = [];
  const count = countOf(paths);
  for (let i = 0; i < count; i++) {
    const path = readOwn(paths, i);
    if (!hasPath(data, splitPath(String(path)))) missing.push(path);
  }
  return missing;
}

function hasPath(data: unknown, names: readonly string[]): boolean {
  let value = data;
  for (const name of names) {
    if (!value) return false;
    value = readOwn(value, name);
    if (value === undefined) return false;
  }
  return true;
}

/** `missing_some`: nothing when enough of the paths lead somewhere, else the missing ones. */
export function missingSome(args: readonly unknown[], data: unknown): unknown[] {
  const [needed, paths] = args;
  const missing = missingPaths(paths, data);
  const count = (readOwn(paths, 'length') as number) - missing.length;
  return count >= (needed as number) ? [] : missing;
}
