import { shapeFault } from '../fault.ts';
import { readOwn, toKey } from '../paths.ts';
import { computed, exactly, FunctionScope, isConstant, type Part, type Scope } from '../scope.ts';
import { isTruthy } from '../truthiness.ts';
import { injected } from '../variables.ts';
import { bodyOf } from '../walk.ts';
import { compareTogether } from './comparison.ts';
import { filterList } from './iteration.ts';
import { readThrough } from './variables.ts';
import { interpretWhenAsked } from './when-asked.ts';

/** An operand compiled by its shape. */
export interface Idiom {
  readonly part: Part;
  /** Whether this is the last word, also when the operand as a whole is constant. */
  readonly settled: boolean;
}

/**
 * The shapes the interpreter has a way of its own for. Unlike the operators they stand for, they look at
 * all their operands at once, so that one which cannot be evaluated spoils the others too.
 */
export function idiom(name: string, args: unknown, scope: Scope, path: string): Idiom | undefined {
  if (!Array.isArray(args)) return undefined;
  if (name === 'filter') return args.length === 2 ? filterIdiom(args, scope, path) : undefined;
  const part = settledIdiom(name, args, scope, path);
  return part === undefined ? undefined : { part, settled: true };
}

function settledIdiom(
  name: string,
  args: readonly unknown[],
  scope: Scope,
  path: string,
): Part | undefined {
  if (name === 'val') return valIdiom(args, scope);
  if (name === 'reduce') return reduceIdiom(args, scope, path);
  if (name !== 'if' && name !== '?:') return compareTogether(name, args, scope, path);
  return args.length === 3 ? ifIdiom(args, scope, path) : undefined;
}

function valIdiom(args: readonly unknown[], scope: Scope): Part | undefined {
  if (args.length < 1 || args.length > 3 || args.some((key) => typeof key === 'object')) {
    return undefined;
  }
  const variable = injected(args.map(String), scope);
  if (variable !== undefined) return computed((data, frame) => variable(data, frame) ?? null);
  return computed(readThrough(args.map(toKey)));
}

function ifIdiom(args: readonly unknown[], scope: Scope, path: string): Part {
  const parts = args.map((arg, i) => scope.compilation.interpret(arg, scope, `${path}[${i}]`));
  const [condition, then, otherwise] = parts as [Part, Part, Part];
  if (isConstant(condition)) return isTruthy(condition.value) ? then : otherwise;
  const test = condition.run;
  const yes = then.run;
  const no = otherwise.run;
  return computed((data, frame) =>
    isTruthy(test(data, frame)) ? yes(data, frame) : no(data, frame),
  );
}

function filterIdiom(args: readonly unknown[], scope: Scope, path: string): Idiom {
  const fn = new FunctionScope(false);
  const inner: Scope = { ...scope, fn, atTop: false };
  const condition = scope.compilation.interpret(args[1], inner, `${path}[1]`);
  if (!isConstant(condition)) {
    const list = interpretWhenAsked(args[0], scope, `${path}[0]`);
    return { part: filterList(list, bodyOf(condition, fn, 'item', scope)), settled: false };
  }
  const part = isTruthy(condition.value)
    ? scope.compilation.interpret(args[0], scope, `${path}[0]`)
    : exactly([]);
  return { part, settled: true };
}

/** Adding up or multiplying a list's items: `+` or `*` of the list and the start. */
function reduceIdiom(args: readonly unknown[], scope: Scope, path: string): Part | undefined {
  const [list, mapper, start] = args;
  if (mapper === null || mapper === undefined) throw shapeFault('a list and a rule', path);
  if (combinesItems(readOwn(mapper, '+'))) {
    return scope.compilation.interpret({ '+': [{ '+': list }, start || 0] }, scope, path);
  }
  if (combinesItems(readOwn(mapper, '*'))) {
    const factor = start === undefined ? 1 : start;
    return scope.compilation.interpret({ '*': [{ '*': list }, factor] }, scope, path);
  }
  return undefined;
}

function combinesItems(operands: unknown): boolean {
  if (!Array.isArray(operands) || operands.length !== 2) return false;
  const names = operands.map((operand) => readOwn(operand, 'var'));
  return names.includes('accumulator') && names.includes('current');
}
