import { invalidArguments } from '../failure.ts';
import { readOwn } from '../paths.ts';
import { computed, FunctionScope, type Part, type Scope } from '../scope.ts';
import { isTruthy } from '../truthiness.ts';
import type { Expression, LogicFrame } from '../types.ts';
import { countOf, listOf } from '../values/lists.ts';
import { type Body, bodyOf, filterItems, mapItems, reduceItems, shallow, Walk } from '../walk.ts';
import { interpretWhenAsked, throwing } from './when-asked.ts';

function body(rule: unknown, level: Body['level'], scope: Scope, path: string): Body {
  const fn = new FunctionScope(false);
  const part = interpretWhenAsked(rule, { ...scope, fn, atTop: false }, path);
  return bodyOf(part, fn, level, scope);
}

/** `map` */
export function map(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  const list = interpretWhenAsked(args[0], scope, `${path}[0]`).run;
  const mapper = body(args[1], 'item', scope, `${path}[1]`);
  return computed((data, frame) => {
    const items = listOf(list(data, frame));
    return mapItems(items, new Walk(mapper, items, data, frame));
  });
}

/** `filter` */
export function filter(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  const list = interpretWhenAsked(args[0], scope, `${path}[0]`);
  return filterList(list, body(args[1], 'item', scope, `${path}[1]`));
}

/** `filter`, its condition already compiled. */
export function filterList(list: Part, condition: Body): Part {
  const { run } = list;
  return computed((data, frame) => {
    const items = listOf(run(data, frame));
    return filterItems(items, new Walk(condition, items, data, frame));
  });
}

/** `some` */
export function some(args: unknown, scope: Scope, path: string): Part {
  return search(args, scope, path, { wanted: true, found: true });
}

/** `none` */
export function none(args: unknown, scope: Scope, path: string): Part {
  return search(args, scope, path, { wanted: true, found: false });
}

/** `all`: false of an empty list. */
export function all(args: unknown, scope: Scope, path: string): Part {
  return search(args, scope, path, { wanted: false, found: false, whenEmpty: false });
}

interface Search {
  /** The truth of the item that ends the search. */
  readonly wanted: boolean;
  /** The result when there is such an item; the opposite when there is none. */
  readonly found: boolean;
  /** The result for an empty list, where it is not the opposite. */
  readonly whenEmpty?: boolean;
}

/** These three walk whatever an index can reach: also a string's characters. */
function search(args: unknown, scope: Scope, path: string, what: Search): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  const list = interpretWhenAsked(args[0], scope, `${path}[0]`).run;
  const condition = body(args[1], 'list', scope, `${path}[1]`);
  const run: Expression = (data: unknown, frame: LogicFrame) => {
    const items: unknown = list(data, frame) || [];
    const count = countOf(items);
    if (what.whenEmpty !== undefined && Array.isArray(items) && count === 0) return what.whenEmpty;
    const walk = new Walk(condition, items, data, frame);
    for (let i = 0; i < count; i++) {
      if (isTruthy(walk.run(readOwn(items, i), i)) === what.wanted) return what.found;
    }
    return !what.found;
  };
  return computed(run, { boolean: true });
}

/** `reduce` */
export function reduce(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  const start = interpretWhenAsked(args[2], scope, `${path}[2]`).run;
  const list = interpretWhenAsked(args[0], scope, `${path}[0]`).run;
  const reducer = body(args[1], 'list', scope, `${path}[1]`);
  return computed((data, frame) => {
    const first = shallow(start(data, frame));
    const items = listOf(list(data, frame));
    const walk = new Walk(reducer, items, data, frame);
    return reduceItems(items, first === undefined ? [] : [first], walk);
  });
}
