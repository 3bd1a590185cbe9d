import type { Evaluation } from './evaluation.ts';
import type { Segment } from './query-tree.ts';

/** One run over the nodes of a query: the evaluation it belongs to, and who is given the nodes. */
export interface Traversal {
  readonly evaluation: Evaluation;
  /** Takes the value of the next node; true ends the run. */
  readonly accept: (value: unknown) => boolean;
}

/** Finds nodes from a value on, in order, and hands them on. Whether the run was ended. */
export type Walk = (value: unknown, traversal: Traversal) => boolean;

/** Compiles the segments of a query, to be walked from where its `$` or `@` stands. */
export type CompileSegments = (segments: readonly Segment[]) => Walk;

/** The values of all nodes. */
export function collect(walk: Walk, start: unknown, evaluation: Evaluation): unknown[] {
  const values: unknown[] = [];
  const accept = (value: unknown) => {
    values.push(value);
    return false;
  };
  walk(start, { evaluation, accept });
  return values;
}

/** The value of the first node; undefined when there is none. */
export function findFirst(walk: Walk, start: unknown, evaluation: Evaluation): unknown {
  let first: unknown;
  const accept = (value: unknown) => {
    first = value;
    return true;
  };
  walk(start, { evaluation, accept });
  return first;
}
