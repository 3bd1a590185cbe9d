import { environmentOf } from '../environment.ts';
import { argumentsFault } from '../fault.ts';
import { readOwn } from '../paths.ts';
import { computed, isNothing, type OpenForm, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { listOf } from '../values/lists.ts';
import { type Body, filterItems, mapItems, reduceItems, shallow, someItem, Walk } from '../walk.ts';
import { inlineBody } from './body.ts';
import { evaluateForm, guarded } from './precedence.ts';

interface Iteration {
  readonly list: Expression;
  readonly body: Body;
}

function iterationOf(args: unknown, scope: Scope, path: string): Iteration {
  if (!Array.isArray(args)) throw argumentsFault('a list and a rule', path);
  const body = inlineBody(args[1], scope, `${path}[1]`, 'list');
  const list = guarded(scope.compilation.inline(args[0], scope, `${path}[0]`), scope);
  return { list, body };
}

/** `map` */
export function inlineMap(args: unknown, scope: Scope, path: string): Part {
  const { list, body } = iterationOf(args, scope, path);
  return computed((data, frame) => {
    const items = listOf(list(data, frame));
    return mapItems(items, new Walk(body, items, data, frame));
  });
}

/** `filter` */
export function inlineFilter(args: unknown, scope: Scope, path: string): Part {
  const { list, body } = iterationOf(args, scope, path);
  return computed((data, frame) => {
    const items = listOf(list(data, frame));
    return filterItems(items, new Walk(body, items, data, frame));
  });
}

/** `some` */
export function inlineSome(args: unknown, scope: Scope, path: string): Part {
  return someOrNone(true, args, scope, path);
}

/** `none` */
export function inlineNone(args: unknown, scope: Scope, path: string): Part {
  return someOrNone(false, args, scope, path);
}

function someOrNone(found: boolean, args: unknown, scope: Scope, path: string): Part {
  const { list, body } = iterationOf(args, scope, path);
  const run: Expression = (data, frame) => {
    const items = listOf(list(data, frame));
    return someItem(items, new Walk(body, items, data, frame), true) === found;
  };
  return computed(run, { boolean: true });
}

/** `all`: false of an empty list, true of none at all. */
export function inlineAll(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args)) return undefined;
  const list = scope.compilation.inline(args[0], scope, `${path}[0]`).run;
  const body = inlineBody(args[1], scope, `${path}[1]`, 'list');
  scope.fn.assignments++;
  return scope.fn.tracked ? trackedAll(list, body) : plainAll(list, body);
}

function plainAll(list: Expression, body: Body): Part {
  const run: Expression = (data, frame) => {
    const value = list(data, frame);
    if (Array.isArray(value) && value.length === 0) return false;
    const items = listOf(value);
    return !someItem(items, new Walk(body, items, data, frame), false);
  };
  return computed(run, { boolean: true, open: { form: undefined, slipsGuard: true } });
}

function trackedAll(list: Expression, body: Body): Part {
  const form: OpenForm = {
    head: (data, frame) => {
      const value = list(data, frame);
      environmentOf(frame).register = value;
      return Array.isArray(value);
    },
    rest: (isList, _data, frame) => isList && lengthIsZero(environmentOf(frame).register),
    usesAnd: true,
    whenTrue: () => false,
    whenFalse: (data, frame) => {
      const items = listOf(environmentOf(frame).register);
      return !someItem(items, new Walk(body, items, data, frame), false);
    },
  };
  const open = { form, slipsGuard: true };
  return computed((data, frame) => evaluateForm(form, data, frame), { boolean: true, open });
}

function lengthIsZero(value: unknown): boolean {
  if (value === null || value === undefined) throw new TypeError('null has no length');
  return readOwn(value, 'length') === 0;
}

/** `reduce` */
export function inlineReduce(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) throw argumentsFault('a list and a rule', path);
  const list = guarded(scope.compilation.inline(args[0], scope, `${path}[0]`), scope);
  const start = scope.compilation.inline(args[2], scope, `${path}[2]`);
  const body = inlineBody(args[1], scope, `${path}[1]`, 'reduce');
  if (args[2] === undefined || isNothing(start)) {
    return computed((data, frame) => {
      const items = listOf(list(data, frame));
      return reduceItems(items, [], new Walk(body, items, data, frame));
    });
  }
  return computed((data, frame) => {
    const value = list(data, frame);
    const first = shallow(start.run(data, frame));
    const items = listOf(value);
    return reduceItems(items, [first], new Walk(body, items, data, frame));
  });
}
