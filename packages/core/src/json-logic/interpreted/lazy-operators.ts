import { argumentsFault } from '../fault.ts';
import { type CompileOperator, exactly, type Part, type Scope } from '../scope.ts';
import { COMPARISONS } from '../values/comparison.ts';
import { compareChain } from './comparison.ts';
import { coalesce, conjunction, disjunction, eachKey, ifElse, length, pipe } from './control.ts';
import { all, filter, map, none, reduce, some } from './iteration.ts';
import { attempt } from './recovery.ts';

/** The operators that decide themselves what to evaluate, as the interpreter runs them. */
const LAZY_OPERATORS: ReadonlyMap<string, CompileOperator> = new Map<string, CompileOperator>([
  ['preserve', (args) => exactly(args)],
  ['if', ifElse],
  ['?:', ifElse],
  ['and', conjunction],
  ['or', disjunction],
  ['??', coalesce],
  ['try', attempt],
  ['length', length],
  ['pipe', pipe],
  ['eachKey', eachKey],
  ['map', map],
  ['filter', filter],
  ['reduce', reduce],
  ['some', some],
  ['all', all],
  ['every', all],
  ['none', none],
  ...[...COMPARISONS].map(([name, comparison]): [string, CompileOperator] => [
    name,
    (args, scope, path) => compareChain(comparison, args, scope, path),
  ]),
]);

/** Compiles a lazy operator. */
export function interpretLazily(name: string, args: unknown, scope: Scope, path: string): Part {
  const compile = LAZY_OPERATORS.get(name);
  if (compile === undefined) throw argumentsFault('the operator of another kind', path);
  return compile(args, scope, path);
}
