import { environmentOf } from '../environment.ts';
import { compareWithConstant, isFastConstant } from '../fast-comparison.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { checkedSide, isStrict, type Relation } from '../values/comparison.ts';
import { inlineWatched, type Remains } from './operand.ts';

interface Operand {
  readonly run: Expression;
  readonly remains: Remains;
}

/**
 * A comparison of two operands or more; with fewer the interpreter evaluates it (and throws). The check
 * of a right side looks at the register, which holds the left side unless the right one has overwritten
 * it: comparing two variables checks the second against itself.
 */
export function inlineComparison(
  name: string,
  relation: Relation,
  args: unknown,
  scope: Scope,
  path: string,
): Part | undefined {
  if (!Array.isArray(args) || args.length < 2) return undefined;
  scope.fn.assignments++;
  const strict = isStrict(name);
  const operands = args.map((arg: unknown, i) => inlineWatched(arg, scope, `${path}[${i}]`));
  const parts = operands.map(({ part }) => part);
  const others = operands.slice(1).map(({ part, remains }) => ({ run: part.run, remains }));
  if (!strict && others.some(({ remains }) => remains === 'unknown')) scope.fn.wantsTracking = true;
  return computed(comparison(name, relation, parts, others, scope), { boolean: true });
}

function comparison(
  name: string,
  relation: Relation,
  parts: readonly Part[],
  others: readonly Operand[],
  scope: Scope,
): Expression {
  const left = (parts[0] as Part).run;
  const strict = isStrict(name);
  if (scope.fn.tracked) {
    return others.length === 1
      ? trackedPair(relation, strict, left, others[0] as Operand)
      : trackedChain(relation, strict, left, others);
  }
  if (others.length > 1) return chain(relation, strict, left, others);
  const right = others[0] as Operand;
  if (strict) return strictPair(relation, left, right.run);
  const second = parts[1] as Part;
  if (isFastConstant(second)) {
    const slow: Relation = (a, b) => relation(a, checkedSide(b, a));
    return compareWithConstant(name, relation, left, second.value as string | number, slow);
  }
  return loosePair(relation, left, right);
}

function strictPair(relation: Relation, left: Expression, right: Expression): Expression {
  return (data, frame) => relation(left(data, frame), right(data, frame));
}

function loosePair(relation: Relation, left: Expression, right: Operand): Expression {
  const { run } = right;
  if (right.remains === 'result') {
    return (data, frame) => {
      const value = left(data, frame);
      const other = run(data, frame);
      return relation(value, checkedSide(other, other));
    };
  }
  return (data, frame) => {
    const value = left(data, frame);
    return relation(value, checkedSide(run(data, frame), value));
  };
}

function chain(
  relation: Relation,
  strict: boolean,
  first: Expression,
  others: readonly Operand[],
): Expression {
  return (data, frame) => {
    let left = first(data, frame);
    for (const { run, remains } of others) {
      const value = run(data, frame);
      const right = strict ? value : checkedSide(value, remains === 'result' ? value : left);
      if (!relation(left, right)) return false;
      left = right;
    }
    return true;
  };
}

function trackedPair(
  relation: Relation,
  strict: boolean,
  left: Expression,
  right: Operand,
): Expression {
  return (data, frame) => {
    const environment = environmentOf(frame);
    const value = left(data, frame);
    environment.register = value;
    const other = right.run(data, frame);
    return relation(value, strict ? other : checkedSide(other, environment.register));
  };
}

function trackedChain(
  relation: Relation,
  strict: boolean,
  first: Expression,
  others: readonly Operand[],
): Expression {
  return (data, frame) => {
    const environment = environmentOf(frame);
    let left = first(data, frame);
    environment.register = left;
    for (const { run } of others) {
      const value = run(data, frame);
      const right = strict ? value : checkedSide(value, environment.register);
      environment.register = right;
      if (!relation(left, right)) return false;
      left = right;
    }
    return true;
  };
}
