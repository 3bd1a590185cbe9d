import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { includes } from '../values/lists.ts';
import { guarded } from './precedence.ts';

/** Constant lists longer than this are looked up in a set. */
const LONG_LIST = 8;

/** `in` of two operands as written. */
export function inlineIn(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args)) return undefined;
  const container = scope.compilation.inline(args[1], scope, `${path}[1]`);
  const item = scope.compilation.inline(args[0], scope, `${path}[0]`);
  return computed(membership(item.run, container, scope), { boolean: true });
}

function membership(item: Expression, container: Part, scope: Scope): Expression {
  const list: unknown = container.value;
  if (container.origin !== 'computed' && Array.isArray(list)) {
    if (list.length <= LONG_LIST) return (data, frame) => list.includes(item(data, frame));
    const set = new Set<unknown>(list);
    return (data, frame) => set.has(item(data, frame));
  }
  const within = guarded(container, scope, emptyText);
  return (data, frame) => {
    const place = within(data, frame);
    const wanted = item(data, frame);
    return place === EMPTY_TEXT ? ''.includes(wanted as string) : includes(wanted, place);
  };
}

/** An empty text that slipped the guard, and is looked into like any text. */
const EMPTY_TEXT = Symbol('empty text');

function emptyText(value: unknown): unknown {
  if (value === '') return EMPTY_TEXT;
  throw new TypeError('"in" looks into something that is neither a list nor a string');
}
