import { invalidArguments } from '../failure.ts';
import { compareWithConstant, isFastConstant } from '../fast-comparison.ts';
import { computed, isConstant, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import {
  COMPARISONS,
  type Comparison,
  compareConverted,
  InterpretedChain,
  type Relation,
} from '../values/comparison.ts';
import { evaluateNow } from './evaluate-now.ts';
import { interpretWhenAsked, throwing } from './when-asked.ts';

/** A comparison of two or three operands, which the interpreter compiles together. */
export function compareTogether(
  name: string,
  args: readonly unknown[],
  scope: Scope,
  path: string,
): Part | undefined {
  const comparison = COMPARISONS.get(name);
  if (comparison === undefined || args.length < 2 || args.length > 3) return undefined;
  const operands = args.map((arg, i) => scope.compilation.interpret(arg, scope, `${path}[${i}]`));
  const compare = comparison.strict ? comparison.relation : converting(comparison.relation);
  const [first, second, third] = operands as [Part, Part, Part?];
  const run =
    third === undefined
      ? pair(comparison, compare, first, second)
      : triple(compare, [first.run, second.run, third.run]);
  const part = computed(run, { boolean: true });
  return operands.every(isConstant) ? evaluateNow(part, path) : part;
}

function converting(relation: Relation): Relation {
  return (left, right) => compareConverted(relation, left, right);
}

function pair(comparison: Comparison, compare: Relation, first: Part, second: Part): Expression {
  const left = first.run;
  const right = second.run;
  if (isFastConstant(second)) {
    return compareWithConstant(comparison, left, second.value as string | number, compare);
  }
  return (data, frame) => compare(left(data, frame), right(data, frame));
}

function triple(
  compare: Relation,
  [first, second, third]: readonly [Expression, Expression, Expression],
): Expression {
  return (data, frame) => {
    const start = first(data, frame);
    const middle = second(data, frame);
    return compare(start, middle) && compare(middle, third(data, frame));
  };
}

/** A comparison of any number of operands, each evaluated only while the chain holds. */
export function compareChain(
  comparison: Comparison,
  args: unknown,
  scope: Scope,
  path: string,
): Part {
  if (!Array.isArray(args) || args.length < 2) return throwing(invalidArguments);
  const [first, ...rest] = args.map(
    (arg: unknown, i) => interpretWhenAsked(arg, scope, `${path}[${i}]`).run,
  ) as [Expression, ...Expression[]];
  return computed(
    (data, frame) => {
      const chain = new InterpretedChain(comparison, first(data, frame));
      return rest.every((next) => chain.accepts(next(data, frame)));
    },
    { boolean: true },
  );
}
