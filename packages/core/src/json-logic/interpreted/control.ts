import { aboveOf, environmentOf, withAbove } from '../environment.ts';
import { joinPath } from '../error.ts';
import { invalidArguments } from '../failure.ts';
import { argumentsFault } from '../fault.ts';
import { computed, exactly, type Part, type Scope } from '../scope.ts';
import { isTruthy } from '../truthiness.ts';
import type { Expression } from '../types.ts';
import { lengthOf } from '../values/lists.ts';
import { interpretWhenAsked, throwing } from './when-asked.ts';

function operandsOf(args: readonly unknown[], scope: Scope, path: string): Expression[] {
  return args.map((arg, i) => interpretWhenAsked(arg, scope, `${path}[${i}]`).run);
}

/** `if`: pairs of condition and result, then what holds otherwise (null when absent). */
export function ifElse(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  if (args.length === 0) return computed(() => null);
  const operands = operandsOf(args, scope, path);
  const otherwise = operands.length % 2 === 1 ? operands.pop() : undefined;
  if (operands.length === 0 && otherwise !== undefined) return computed(otherwise);
  if (operands.length === 2 && otherwise === undefined) {
    const [condition, then] = operands as [Expression, Expression];
    return computed((data, frame) => (isTruthy(condition(data, frame)) ? then(data, frame) : null));
  }
  return computed((data, frame) => {
    for (let i = 0; i < operands.length; i += 2) {
      const [condition, then] = [operands[i], operands[i + 1]] as [Expression, Expression];
      if (isTruthy(condition(data, frame))) return then(data, frame);
    }
    return otherwise === undefined ? null : otherwise(data, frame);
  });
}

/** `and`: the first false operand, else the last. */
export function conjunction(args: unknown, scope: Scope, path: string): Part {
  return firstWith(false, args, scope, path);
}

/** `or`: the first true operand, else the last. */
export function disjunction(args: unknown, scope: Scope, path: string): Part {
  return firstWith(true, args, scope, path);
}

function firstWith(truth: boolean, args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  if (args.length === 0) return exactly(null);
  const operands = operandsOf(args, scope, path);
  return computed((data, frame) => {
    let value: unknown;
    for (const operand of operands) {
      value = operand(data, frame);
      if (isTruthy(value) === truth) return value;
    }
    return value;
  });
}

/** `??`: the first operand that is not null, else null. */
export function coalesce(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(invalidArguments);
  const operands = operandsOf(args, scope, path);
  return computed((data, frame) => {
    for (const operand of operands) {
      const value = operand(data, frame);
      if (value !== null && value !== undefined) return value;
    }
    return null;
  });
}

/** `length` of its argument, or of the first of them. */
export function length(args: unknown, scope: Scope, path: string): Part {
  if (!args) return throwing(invalidArguments);
  const { run } = interpretWhenAsked(args, scope, path);
  if (!Array.isArray(args)) return computed((data, frame) => lengthOf(run(data, frame)));
  return computed((data, frame) => lengthOf((run(data, frame) as readonly unknown[])[0]));
}

/** `pipe`: each stage's result is the next one's data. */
export function pipe(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return throwing(() => new TypeError('"pipe" takes a list of stages'));
  scope.fn.usesAbove = true;
  const inner: Scope = { ...scope, atTop: false };
  const stages = args.map((stage: unknown, i) =>
    interpretWhenAsked(stage, i === 0 ? scope : inner, `${path}[${i}]`),
  );
  return computed((data, frame) =>
    withAbove(environmentOf(frame), [args, data, aboveOf(frame)], () => {
      let answer: unknown = data;
      for (const stage of stages) answer = stage.run(answer, frame);
      return stages.length === 0 ? undefined : answer;
    }),
  );
}

/** `eachKey`: an object of the same keys with every rule's result. */
export function eachKey(args: unknown, scope: Scope, path: string): Part {
  if (typeof args !== 'object' || args === null) throw argumentsFault('an object of rules', path);
  const entries = Object.entries(args).map(([key, rule]): [string, Expression] => [
    key,
    interpretWhenAsked(rule, scope, joinPath(path, key)).run,
  ]);
  return computed((data, frame) =>
    Object.fromEntries(entries.map(([key, run]) => [key, run(data, frame)])),
  );
}
