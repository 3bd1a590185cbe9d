import { aboveOf, environmentOf, withAbove } from '../environment.ts';
import { failureOf, nameOfError, thrownValue } from '../failure.ts';
import { BuildFault } from '../fault.ts';
import { throughJson } from '../literal.ts';
import { readOwn } from '../paths.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression, LogicFrame } from '../types.ts';

/** An alternative: something to run, or what it would throw if it compiled. */
type Alternative = { readonly run: Expression } | { readonly thrown: unknown };

/**
 * `try` of a list: the first alternative that does not throw. The later ones see what was thrown as
 * their data. One that does not compile counts as one that throws.
 */
export function inlineTry(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args) || args.length === 0) return undefined;
  scope.fn.usesAbove = true;
  const first = compileAlternative(scope, () => inlineFirst(args, scope, path));
  const inner: Scope = { ...scope, atTop: false };
  const others = args
    .slice(1)
    .map((arg: unknown, i) =>
      compileAlternative(
        scope,
        () => scope.compilation.inline(arg, inner, `${path}[${i + 1}]`).run,
      ),
    );
  return computed((data, frame) => {
    let seen: unknown;
    try {
      return runAlternative(first, data, frame);
    } catch (error) {
      if (others.length === 0) throw error;
      seen = 'thrown' in first ? first.thrown : seenOf(error);
    }
    return withAbove(environmentOf(frame), [null, data, aboveOf(frame)], () =>
      runOthers(others, seen, frame),
    );
  });
}

function runOthers(others: readonly Alternative[], first: unknown, frame: LogicFrame): unknown {
  let seen = first;
  const last = others.length - 1;
  for (let i = 0; i < last; i++) {
    const alternative = others[i] as Alternative;
    try {
      return runAlternative(alternative, seen, frame);
    } catch (error) {
      seen = 'thrown' in alternative ? alternative.thrown : seenOf(error);
    }
  }
  return runAlternative(others[last] as Alternative, seen, frame);
}

function runAlternative(alternative: Alternative, data: unknown, frame: LogicFrame): unknown {
  if ('thrown' in alternative) throw failureOf(alternative.thrown);
  return alternative.run(data, frame);
}

function compileAlternative(scope: Scope, compile: () => Expression): Alternative {
  const { unparsable } = scope.fn;
  try {
    return { run: compile() };
  } catch (fault) {
    if (!(fault instanceof BuildFault)) throw fault;
    const { thrown } = fault;
    // The engine throws the alternative's text away, and with it what would not parse.
    scope.fn.unparsable = unparsable;
    return { thrown: Number.isNaN(thrown) ? { type: 'NaN' } : throughJson(thrown) };
  }
}

/** The first alternative. A sum gets a default right away: it need not throw to be not-a-number. */
function inlineFirst(args: readonly unknown[], scope: Scope, path: string): Expression {
  const [rule] = args;
  if (typeof rule !== 'object' || rule === null) {
    // The engine's compiler asks the first alternative for a `+` and stumbles over anything that is
    // neither an object nor a list; its `try` takes that for something thrown.
    throw new BuildFault(new TypeError('"try" begins with a constant'), 'a constant', path);
  }
  if (!Object.hasOwn(rule, '+') || args.length === 1) {
    return scope.compilation.inline(rule, scope, `${path}[0]`).run;
  }
  const lenient: Scope = { ...scope, lenient: true };
  const sum = scope.compilation.inline(rule, lenient, `${path}[0]`).run;
  const otherwise = scope.compilation.inline(args[1], lenient, `${path}[1]`).run;
  scope.fn.assignments++;
  const { tracked } = scope.fn;
  return (data, frame) => {
    const value = sum(data, frame);
    if (tracked) environmentOf(frame).register = value;
    return Number.isNaN(value) ? otherwise(data, frame) : value;
  };
}

/** What the next alternative sees of something thrown. */
function seenOf(error: unknown): { type: unknown } {
  const thrown = thrownValue(error);
  if (thrown === null || thrown === undefined) throw new TypeError('null was thrown');
  const type = nameOfError(thrown) || readOwn(thrown, 'type') || readOwn(thrown, 'message');
  return { type: type || String(thrown) };
}
