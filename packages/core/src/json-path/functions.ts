import { isObject, memberNames } from './data.ts';
import type { Evaluation } from './evaluation.ts';
import type { Extent } from './i-regexp/run.ts';
import { RegexpTester } from './i-regexp/tester.ts';

/** What a function takes: one value or Nothing, or a list of nodes (RFC 9535, section 2.4.1). */
export type ParameterType = 'value' | 'nodes';

/** A call with its arguments evaluated: undefined for Nothing, an array of values for nodes. */
export type Call = (args: readonly unknown[], evaluation: Evaluation) => unknown;

/** A function extension. */
export interface FunctionExtension {
  readonly parameters: readonly ParameterType[];
  /** A value can be compared, and be an argument; a logical result can only be a condition. */
  readonly result: 'value' | 'logical';
  /** Gives the function to one place that calls it. */
  readonly bind: () => Call;
}

/** The functions of RFC 9535, sections 2.4.4 to 2.4.8. */
export const FUNCTIONS: ReadonlyMap<string, FunctionExtension> = new Map<string, FunctionExtension>(
  [
    ['length', { parameters: ['value'], result: 'value', bind: () => lengthOf }],
    ['count', { parameters: ['nodes'], result: 'value', bind: () => count }],
    ['value', { parameters: ['nodes'], result: 'value', bind: () => onlyValue }],
    ['match', regexpTest('whole')],
    ['search', regexpTest('part')],
  ],
);

/** How many code points, elements or members there are; Nothing for other values. */
function lengthOf([value]: readonly unknown[], evaluation: Evaluation): number | undefined {
  if (typeof value === 'string') return codePointsIn(value, evaluation);
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? memberNames(value, evaluation).length : undefined;
}

function codePointsIn(text: string, evaluation: Evaluation): number {
  evaluation.step(text.length);
  let length = 0;
  for (const _codePoint of text) length++;
  return length;
}

function count([nodes]: readonly unknown[]): number {
  return (nodes as readonly unknown[]).length;
}

/** The value of the only node; Nothing when there are none or several. */
function onlyValue([nodes]: readonly unknown[]): unknown {
  const values = nodes as readonly unknown[];
  return values.length === 1 ? values[0] : undefined;
}

/** Whether a string, or some part of it, matches an I-Regexp (RFC 9485). */
function regexpTest(extent: Extent): FunctionExtension {
  const bind = (): Call => {
    const tester = new RegexpTester();
    return ([subject, pattern], evaluation) =>
      tester.test({ subject, pattern, extent }, evaluation);
  };
  return { parameters: ['value', 'value'], result: 'logical', bind };
}
