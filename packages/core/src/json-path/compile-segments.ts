import { compileFilter } from './compile-filter.ts';
import { elementOf, memberOf, someChild } from './data.ts';
import { Exhausted, MAX_DEPTH } from './evaluation.ts';
import type { Logical, Segment, Selector, SliceSelector } from './query-tree.ts';
import { sliceBounds } from './slice.ts';
import type { Traversal, Walk } from './walk.ts';

const ARRIVED: Walk = (value, { accept }) => accept(value);

/**
 * Compiles segments, of a query known to be valid, to one walk. Each node is followed to its end before
 * the next is looked for: that gives the order of RFC 9535, and nothing is searched beyond a first node.
 */
export function compileSegments(segments: readonly Segment[]): Walk {
  return segments.reduceRight(
    (next, { descendant, selectors }) =>
      descendant ? descend(select(selectors, next)) : select(selectors, next),
    ARRIVED,
  );
}

function select(selectors: readonly Selector[], next: Walk): Walk {
  const walks = selectors.map((selector) => compileSelector(selector, next));
  const [only] = walks;
  if (only !== undefined && walks.length === 1) return only;
  return (value, traversal) => walks.some((walk) => walk(value, traversal));
}

/** Applies a walk to a value and to everything within it, containers before their content. */
function descend(walk: Walk): Walk {
  const visit = (value: unknown, traversal: Traversal, depth: number): boolean => {
    if (depth > MAX_DEPTH) throw new Exhausted();
    if (walk(value, traversal)) return true;
    return someChild(value, traversal.evaluation, (child) => visit(child, traversal, depth + 1));
  };
  return (value, traversal) => visit(value, traversal, 0);
}

function compileSelector(selector: Selector, next: Walk): Walk {
  switch (selector.kind) {
    case 'name':
      return reach((value) => memberOf(value, selector.name), next);
    case 'index':
      return reach((value) => elementOf(value, selector.index), next);
    case 'wildcard':
      return (value, traversal) =>
        someChild(value, traversal.evaluation, (child) => next(child, traversal));
    case 'slice':
      return compileSlice(selector, next);
    case 'filter':
      return filter(selector.test, next);
  }
}

function reach(read: (value: unknown) => unknown, next: Walk): Walk {
  return (value, traversal) => {
    traversal.evaluation.step(1);
    const child = read(value);
    return child !== undefined && next(child, traversal);
  };
}

function compileSlice(slice: SliceSelector, next: Walk): Walk {
  if (slice.step === 0) return () => false;
  return (value, traversal) => {
    if (!Array.isArray(value)) return false;
    const { from, to, step } = sliceBounds(slice, value.length);
    for (let i = from; step > 0 ? i < to : i > to; i += step) {
      traversal.evaluation.visit(1);
      const child = elementOf(value, i);
      if (child !== undefined && next(child, traversal)) return true;
    }
    return false;
  };
}

function filter(condition: Logical, next: Walk): Walk {
  const test = compileFilter(condition, compileSegments);
  return (value, traversal) => {
    const { evaluation } = traversal;
    return someChild(
      value,
      evaluation,
      (child) => test(child, evaluation) && next(child, traversal),
    );
  };
}
