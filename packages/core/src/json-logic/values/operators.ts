import type { Above } from '../environment.ts';
import { failureOf } from '../failure.ts';
import { isTruthy } from '../truthiness.ts';
import { difference, product, quotient, remainder, sum } from './arithmetic.ts';
import { extreme, includes, keysOf, merge } from './lists.ts';
import { concatenate, substring } from './strings.ts';
import {
  getPath,
  lookUpKeys,
  lookUpPath,
  missingPaths,
  missingSome,
  NOTHING,
} from './variables.ts';

/** An eager operator on evaluated arguments: a list, or the bare value where the operator takes one. */
export type EagerOperator = (args: unknown, data: unknown, above: Above) => unknown;

type List = readonly unknown[];

/** The eager operators, as the engine calls them when it has no text of its own for the call. */
export const EAGER_OPERATORS: ReadonlyMap<string, EagerOperator> = new Map<string, EagerOperator>([
  ['+', sum],
  ['-', difference],
  ['*', (args) => product(args as List)],
  ['/', (args) => quotient(args as List)],
  ['%', (args) => remainder(args as List)],
  ['max', (args) => extreme(args as List, true)],
  ['min', (args) => extreme(args as List, false)],
  ['in', (args) => includes((args as List)[0], (args as List)[1])],
  ['substr', (args) => substring((args as List)[0], (args as List)[1], (args as List)[2])],
  ['merge', (args) => merge(args as List)],
  ['keys', (args) => keysOf((args as List)[0])],
  ['cat', concatenate],
  ['!', isFalse],
  ['not', isFalse],
  ['!!', (value) => !isFalse(value)],
  ['throw', throwValue],
  ['get', (args) => getPath(args as List)],
  ['var', lookUpPath],
  ['val', (args, data, above) => lookUpKeys(args, data, above)],
  ['exists', (args, data, above) => lookUpKeys(args, data, above, NOTHING) !== NOTHING],
  ['missing', missingPaths],
  ['missing_some', (args, data) => missingSome(args as List, data)],
]);

/** The eager operators that may climb to the data above. */
export const CLIMBING_OPERATORS: ReadonlySet<string> = new Set(['var', 'val', 'exists']);

// A list stands for its first item, also when it is what the single argument gave.
function isFalse(value: unknown): boolean {
  return !isTruthy(Array.isArray(value) ? value[0] : value);
}

function throwValue(value: unknown): never {
  const thrown: unknown = Array.isArray(value) ? value[0] : value;
  throw failureOf(typeof thrown === 'object' ? thrown : { type: thrown });
}
