import { environmentOf } from '../environment.ts';
import { compareWithConstant, isFastConstant } from '../fast-comparison.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { type Comparison, checkedSide, type Relation } from '../values/comparison.ts';
import { inlineWatched, type Remains } from './operand.ts';

interface Operand {
  readonly part: Part;
  readonly remains: Remains;
}

/**
 * A comparison of two operands or more; with fewer the interpreter evaluates it (and throws). The check
 * of a right side looks at the register, which holds the left side unless the right one has overwritten
 * it: comparing two variables checks the second against itself.
 */
export function inlineComparison(
  comparison: Comparison,
  args: unknown,
  scope: Scope,
  path: string,
): Part | undefined {
  if (!Array.isArray(args) || args.length < 2) return undefined;
  scope.fn.assignments++;
  const [first, second, ...more] = args.map((arg: unknown, i) =>
    inlineWatched(arg, scope, `${path}[${i}]`),
  ) as [Operand, Operand, ...Operand[]];
  const others = [second, ...more];
  if (!comparison.strict && others.some(({ remains }) => remains === 'unknown')) {
    scope.fn.wantsTracking = true;
  }
  const left = first.part.run;
  if (scope.fn.tracked) return computed(tracked(comparison, left, others), { boolean: true });
  const run = more.length > 0 ? chain(comparison, left, others) : pair(comparison, left, second);
  return computed(run, { boolean: true });
}

function pair(comparison: Comparison, left: Expression, { part, remains }: Operand): Expression {
  const { relation, strict } = comparison;
  const right = part.run;
  if (strict) return (data, frame) => relation(left(data, frame), right(data, frame));
  if (isFastConstant(part)) {
    const slow: Relation = (a, b) => relation(a, checkedSide(b, a));
    return compareWithConstant(comparison, left, part.value as string | number, slow);
  }
  if (remains === 'result') {
    return (data, frame) => {
      const value = left(data, frame);
      const other = right(data, frame);
      return relation(value, checkedSide(other, other));
    };
  }
  return (data, frame) => {
    const value = left(data, frame);
    return relation(value, checkedSide(right(data, frame), value));
  };
}

function chain(
  { relation, strict }: Comparison,
  first: Expression,
  others: readonly Operand[],
): Expression {
  return (data, frame) => {
    let left = first(data, frame);
    for (const { part, remains } of others) {
      const value = part.run(data, frame);
      const right = strict ? value : checkedSide(value, remains === 'result' ? value : left);
      if (!relation(left, right)) return false;
      left = right;
    }
    return true;
  };
}

/** With the register kept: a chain keeps its checked values there too, a pair only its left side. */
function tracked(
  { relation, strict }: Comparison,
  first: Expression,
  others: readonly Operand[],
): Expression {
  const keepsChecked = others.length > 1;
  return (data, frame) => {
    const environment = environmentOf(frame);
    let left = first(data, frame);
    environment.register = left;
    for (const { part } of others) {
      const value = part.run(data, frame);
      const right = strict ? value : checkedSide(value, environment.register);
      if (keepsChecked) environment.register = right;
      if (!relation(left, right)) return false;
      left = right;
    }
    return true;
  };
}
