import { environmentOf } from '../environment.ts';
import { shapeFault } from '../fault.ts';
import { throughJson } from '../literal.ts';
import { readOwn } from '../paths.ts';
import { computed, isConstant, type OpenForm, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { missingPaths } from '../values/variables.ts';
import { inlineWatched } from './operand.ts';
import { branchesAfter, evaluateForm, lessThan } from './precedence.ts';

/** `missing` of up to two plain names; undefined when the paths have to be followed at run time. */
export function inlineMissing(args: unknown): Part | undefined {
  if (!Array.isArray(args) || args.length > 2 || !args.every(isPlainName)) return undefined;
  const [first, second] = args as [string?, string?];
  if (first === undefined) return computed(() => [], { bracketed: true });
  const form = second === undefined ? missingOne(first) : missingTwo(first, second);
  const open = { form, slipsGuard: false };
  return computed((data, frame) => evaluateForm(form, data, frame), { open });
}

function isPlainName(name: unknown): name is string {
  return typeof name === 'string' && !name.includes('.');
}

function missingOne(name: string): OpenForm {
  return absence(
    name,
    () => [name],
    () => [],
  );
}

function missingTwo(first: string, second: string): OpenForm {
  const also = absence(
    second,
    () => [first, second],
    () => [first],
  );
  const only = absence(
    second,
    () => [second],
    () => [],
  );
  return absence(first, (data, frame) => evaluateForm(also, data, frame), only);
}

/** `name is absent ? then : otherwise` */
function absence(name: string, whenTrue: Expression, whenFalse: Expression | OpenForm): OpenForm {
  return {
    head: (data) => readOwn(data || 0, name),
    rest: (value) => value === undefined,
    usesAnd: false,
    whenTrue,
    whenFalse,
  };
}

/** `missing_some` of paths as written; undefined when they are an expression. */
export function inlineMissingSome(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args)) throw shapeFault('a number and a list of paths', path);
  const [needed, paths] = args as [unknown?, unknown?];
  if (!Array.isArray(paths)) return undefined;
  scope.fn.assignments++;
  const { part, remains } = inlineWatched(needed, scope, `${path}[0]`);
  const find = finder(paths);
  if (scope.fn.tracked) return trackedMissingSome(paths.length, find, part, scope);
  // The list of the missing is kept in the register while the needed number is evaluated.
  if (remains !== 'before' || part.open !== undefined) scope.fn.wantsTracking = true;
  const count = part.run;
  const run: Expression = (data, frame) => {
    const missing = find(data, frame);
    return paths.length - missing.length < (count(data, frame) as number) ? missing : [];
  };
  return computed(run, { open: { form: undefined, slipsGuard: false } });
}

type Finder = (data: unknown, frame: Parameters<Expression>[1]) => readonly unknown[];

function finder(paths: readonly unknown[]): Finder {
  const plain = inlineMissing(paths);
  if (plain !== undefined) return plain.run as Finder;
  const written = throughJson(paths) as readonly unknown[];
  return (data) => missingPaths(written, data);
}

function trackedMissingSome(total: number, find: Finder, needed: Part, scope: Scope): Part {
  const branches = branchesAfter(needed, {
    whenTrue: (_data, frame) => environmentOf(frame).register,
    whenFalse: () => [],
  });
  const form: OpenForm = {
    head: () => total,
    term: (head, data, frame) => {
      const missing = find(data, frame);
      environmentOf(frame).register = missing;
      return (head as number) - missing.length;
    },
    ...lessThan(needed, scope),
    ...branches,
  };
  // What the needed number leaves in the register need not be a list.
  const open = { form, slipsGuard: !isConstant(needed) };
  return computed((data, frame) => evaluateForm(form, data, frame), { open });
}
