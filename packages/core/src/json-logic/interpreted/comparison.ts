import { invalidArguments } from '../failure.ts';
import { compareWithConstant, isFastConstant } from '../fast-comparison.ts';
import { computed, isConstant, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import {
  compareConverted,
  InterpretedChain,
  isStrict,
  RELATIONS,
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
  const relation = RELATIONS.get(name);
  if (relation === undefined || args.length < 2 || args.length > 3) return undefined;
  const operands = args.map((arg, i) => scope.compilation.interpret(arg, scope, `${path}[${i}]`));
  const compare = isStrict(name) ? relation : converting(relation);
  const run = operands.length === 2 ? pair(name, compare, operands) : triple(compare, operands);
  const part = computed(run, { boolean: true });
  return operands.every(isConstant) ? evaluateNow(part, path) : part;
}

function converting(relation: Relation): Relation {
  return (left, right) => compareConverted(relation, left, right);
}

function pair(name: string, compare: Relation, operands: readonly Part[]): Expression {
  const [first, second] = operands as [Part, Part];
  const left = first.run;
  const right = second.run;
  if (isFastConstant(second)) {
    const relation = RELATIONS.get(name) ?? compare;
    return compareWithConstant(name, relation, left, second.value as string | number, compare);
  }
  return (data, frame) => compare(left(data, frame), right(data, frame));
}

function triple(compare: Relation, operands: readonly Part[]): Expression {
  const [first, second, third] = operands.map((operand) => operand.run) as [
    Expression,
    Expression,
    Expression,
  ];
  return (data, frame) => {
    const start = first(data, frame);
    const middle = second(data, frame);
    return compare(start, middle) && compare(middle, third(data, frame));
  };
}

/** A comparison of any number of operands, each evaluated only while the chain holds. */
export function compareChain(
  name: string,
  relation: Relation,
  args: unknown,
  scope: Scope,
  path: string,
): Part {
  if (!Array.isArray(args) || args.length < 2) return throwing(invalidArguments);
  const [first, ...rest] = args.map(
    (arg: unknown, i) => interpretWhenAsked(arg, scope, `${path}[${i}]`).run,
  ) as [Expression, ...Expression[]];
  const strict = isStrict(name);
  return computed(
    (data, frame) => {
      const chain = new InterpretedChain(relation, strict, first(data, frame));
      return rest.every((next) => chain.accepts(next(data, frame)));
    },
    { boolean: true },
  );
}
