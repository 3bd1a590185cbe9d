import { environmentOf } from '../environment.ts';
import { shapeFault } from '../fault.ts';
import { readOwn, readPath, splitPath, toKey } from '../paths.ts';
import { assigning, computed, isConstant, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { withoutFunctions } from '../values/variables.ts';
import { injected } from '../variables.ts';
import { inlineEach } from './operand.ts';
import { fallBack } from './precedence.ts';

/** `var` with a path as written; undefined when it has to be looked up at run time. */
export function inlineVariable(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args) || args.length > 2) return undefined;
  const [key, fallback = null] = args as [unknown?, unknown?];
  if (key === '../index' && scope.index !== 'none') return position(scope);
  if (key === undefined || key === null || key === '') return computed((data) => data);
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const text = String(literalKey(key));
  if (text.includes('../')) return undefined;
  const names = splitPath(text);
  const variable = injected(names, scope);
  if (fallback === null) return assigning(scope, variable ? orNull(variable) : readOrNull(names));
  const otherwise = scope.compilation.inline(fallback, scope, `${path}[1]`);
  const read = variable ?? readNames(names);
  const run = fallBack(read, otherwise, scope, path);
  return assigning(scope, (data, frame) => withoutFunctions(run(data, frame)));
}

function literalKey(key: string | number): string | number {
  return key === 0 ? 0 : key;
}

function orNull(variable: Expression): Expression {
  return (data, frame) => variable(data, frame) ?? null;
}

function readNames(names: readonly string[]): Expression {
  return (data) => readPath(data, names);
}

/** Reads own properties by names known when compiling; null for what is not there. */
function readOrNull(names: readonly string[]): Expression {
  const [first, second] = names;
  if (first === undefined || names.length > 2) {
    return (data) => withoutFunctions(readPath(data, names) ?? null);
  }
  if (second === undefined) return (data) => withoutFunctions(readOwn(data, first) ?? null);
  return (data) => withoutFunctions(readOwn(readOwn(data, first), second) ?? null);
}

/** The position in the list being walked. */
function position(scope: Scope): Part {
  if (scope.index === 'lost') {
    // The engine's text names a variable that its surroundings do not have.
    return computed(() => {
      throw new ReferenceError('index is not defined');
    });
  }
  scope.fn.usesIndex = true;
  return computed((_data, frame) => environmentOf(frame).index);
}

/** `val` with keys of which the engine writes a chain; undefined when it looks them up at run time. */
export function inlineValue(args: unknown, scope: Scope, path: string): Part | undefined {
  let keys = args;
  if (typeof keys === 'object' && keys !== null && !Array.isArray(keys)) {
    if (!scope.compilation.isDeterministic(keys, path)) return undefined;
    keys = scope.compilation.inline(keys, scope, path).value;
  }
  if (!Array.isArray(keys)) return keys === null ? whole(scope) : chain([keys], scope, path);
  if (Array.isArray(keys[0])) {
    const steps = Math.abs((keys[0][0] || 0) as number);
    const wanted = steps === 1 && keys[1] === 'index' && scope.index !== 'none';
    return wanted ? position(scope) : undefined;
  }
  if (keys.length === 1) return keys[0] === null ? whole(scope) : chain(keys, scope, path);
  return chain(
    keys.filter((key) => key !== null),
    scope,
    path,
  );
}

function whole(scope: Scope): Part {
  return assigning(scope, (data) => withoutFunctions(data ?? null));
}

function chain(keys: readonly unknown[], scope: Scope, path: string): Part {
  const parts = inlineEach(keys, scope, path);
  if (parts.every(isConstant)) {
    const names = parts.map((part) => String(toKey(part.value)));
    const variable = injected(names, scope);
    return assigning(scope, variable ? orNull(variable) : readOrNull(names));
  }
  const steps = parts.map((part) => part.run);
  return assigning(scope, (data, frame) => {
    let value = data;
    for (const step of steps) {
      if (value === null || value === undefined) return null;
      value = readOwn(value, toKey(step(data, frame)));
    }
    return withoutFunctions(value ?? null);
  });
}

/** `get` with a path as written; undefined when it has to be looked up at run time. */
export function inlineGet(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args) || args.length > 3) return undefined;
  const [container, key, fallback = null] = args as [unknown?, unknown?, unknown?];
  if (typeof key === 'object' && key !== null) return undefined;
  if (key === null || key === undefined) throw shapeFault('data and a path', path);
  const names = splitPath(String(key));
  const from = scope.compilation.inline(container, scope, `${path}[0]`).run;
  const otherwise = scope.compilation.inline(fallback, scope, `${path}[2]`);
  const read: Expression = (data, frame) => readPath(from(data, frame), names);
  return computed(fallBack(read, otherwise, scope, path));
}
