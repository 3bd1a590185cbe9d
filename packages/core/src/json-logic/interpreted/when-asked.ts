import { failureOf } from '../failure.ts';
import { BuildFault } from '../fault.ts';
import { computed, isConstant, type Part, type Scope } from '../scope.ts';

/** Compiles an operand that is evaluated when asked for: what is wrong with it is thrown only then. */
export function interpretWhenAsked(rule: unknown, scope: Scope, path: string): Part {
  let part: Part;
  try {
    part = scope.compilation.interpret(rule, scope, path);
  } catch (fault) {
    if (!(fault instanceof BuildFault)) throw fault;
    const { thrown } = fault;
    return computed(() => {
      throw failureOf(thrown);
    });
  }
  if (isConstant(part)) return part;
  const { run } = part;
  return computed((data, frame) => run(data === undefined ? {} : data, frame), part);
}

/** An operator that throws whenever it is evaluated. */
export function throwing(failure: () => unknown): Part {
  return computed(() => {
    throw failure();
  });
}
