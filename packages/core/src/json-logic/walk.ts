import { type Above, aboveOf, Environment, NOTHING_ABOVE } from './environment.ts';
import { exceededDepth } from './failure.ts';
import type { FunctionScope, Part, Scope } from './scope.ts';
import { isTruthy } from './truthiness.ts';
import type { Expression, LogicFrame } from './types.ts';
import { bounded } from './values/bounds.ts';

/** What an iterator runs for each item. */
export interface Body {
  readonly run: Expression;
  readonly part: Part;
  readonly needsEnvironment: boolean;
  readonly usesAbove: boolean;
  /** What `../` finds directly above an item: list and position, the list alone, or nothing. */
  readonly level: 'item' | 'list' | 'none';
}

/** Describes a compiled body to the function it is part of. */
export function bodyOf(part: Part, fn: FunctionScope, level: Body['level'], outer: Scope): Body {
  if (fn.usesAbove) outer.fn.usesAbove = true;
  const { needsEnvironment, usesAbove } = fn;
  return { run: part.run, part, needsEnvironment, usesAbove, level };
}

/** One walk over a list, with its data and levels above as the body sees them. */
export class Walk {
  private readonly body: Body;
  private readonly list: unknown;
  private readonly data: unknown;
  private readonly frame: LogicFrame;
  private readonly above: Above;
  private readonly inner: Environment | undefined;

  constructor(body: Body, list: unknown, data: unknown, frame: LogicFrame) {
    this.body = body;
    this.list = list;
    this.data = data;
    this.frame = frame;
    this.inner = body.needsEnvironment ? new Environment(frame, NOTHING_ABOVE) : undefined;
    this.above = body.usesAbove ? aboveOf(frame) : NOTHING_ABOVE;
  }

  /** Runs the body on what stands for the item at this position. */
  run(item: unknown, index: number): unknown {
    const { body, inner } = this;
    if (inner === undefined) return body.run(item, this.frame);
    inner.index = index;
    if (body.usesAbove) inner.above = [this.levelAt(index), this.data, this.above];
    return body.run(item, inner);
  }

  private levelAt(index: number): unknown {
    if (this.body.level === 'item') return { iterator: this.list, index };
    return this.body.level === 'list' ? this.list : null;
  }
}

// The loops below are the language's own list methods written out: a list in the data may have
// properties named like them. Holes are passed over, as those methods do.

/** A list of what the walk gives for every item. */
export function mapItems(items: readonly unknown[], walk: Walk): unknown[] {
  const results: unknown[] = new Array(items.length);
  for (let i = 0; i < items.length; i++) {
    if (!isHole(items, i)) results[i] = walk.run(items[i], i);
  }
  return results;
}

/** The items for which the walk gives something true. */
export function filterItems(items: readonly unknown[], walk: Walk): unknown[] {
  const kept: unknown[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isHole(items, i) && isTruthy(walk.run(item, i))) kept.push(item);
  }
  return kept;
}

/** Whether the walk gives something of this truth for any item. */
export function someItem(items: readonly unknown[], walk: Walk, truth: boolean): boolean {
  for (let i = 0; i < items.length; i++) {
    if (!isHole(items, i) && isTruthy(walk.run(items[i], i)) === truth) return true;
  }
  return false;
}

/** Reduces the items from `[start]`, or from the first of them when there is nothing to start with. */
export function reduceItems(
  items: readonly unknown[],
  start: readonly unknown[],
  walk: Walk,
): unknown {
  let [accumulator] = start;
  let begun = start.length > 0;
  for (let i = 0; i < items.length; i++) {
    if (isHole(items, i)) continue;
    const current = items[i];
    accumulator = begun ? shallow(walk.run({ accumulator, current }, i)) : current;
    begun = true;
  }
  if (!begun) throw new TypeError('"reduce" got an empty list and nothing to start with');
  return accumulator;
}

function isHole(items: readonly unknown[], index: number): boolean {
  return items[index] === undefined && !Object.hasOwn(items, index);
}

/** An accumulator of `reduce`: its items may not be objects, so that it cannot grow without bound. */
export function shallow(accumulator: unknown): unknown {
  if (typeof accumulator !== 'object' || accumulator === null) return accumulator;
  const items: readonly unknown[] = Array.isArray(accumulator)
    ? bounded(accumulator)
    : Object.values(accumulator);
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] === 'object' && items[i] !== null) throw exceededDepth();
  }
  return accumulator;
}
