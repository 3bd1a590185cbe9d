import { describeThrown } from './failure.ts';

/**
 * Why a part of a rule does not compile. Internal: the interpreter's lazy operators and `try` turn it
 * back into something thrown at run time; what is left becomes a `LogicError`.
 */
export class BuildFault {
  /** What evaluating the part would throw. */
  readonly thrown: unknown;
  readonly message: string;
  /** Where in the rule; undefined until whoever knows it says so. */
  path: string | undefined;

  constructor(thrown: unknown, message: string, path?: string) {
    this.thrown = thrown;
    this.message = message;
    this.path = path;
  }
}

/** A constant part that throws whenever it is evaluated. */
export function constantFault(thrown: unknown, path: string): BuildFault {
  const cause = describeThrown(thrown);
  const advice = 'Its operands are constant, so this can never succeed; correct them.';
  return new BuildFault(thrown, `${cause}. ${advice}`, path);
}

/** Arguments that no evaluation can use. */
export function argumentsFault(expected: string, path?: string): BuildFault {
  const message = `the arguments have the wrong shape: expected ${expected}.`;
  return new BuildFault({ type: 'Invalid Arguments' }, message, path);
}

/** Arguments at which the engine's compiler itself stumbles. */
export function shapeFault(expected: string, path?: string): BuildFault {
  const message = `the arguments have the wrong shape: expected ${expected}.`;
  return new BuildFault(new TypeError(message), message, path);
}

/** An operand that is not a number in a place that needs one. */
export function numberFault(path: string): BuildFault {
  return new BuildFault(
    Number.NaN,
    'an operand can never be a number. Use a number, a numeric string, or an expression.',
    path,
  );
}
