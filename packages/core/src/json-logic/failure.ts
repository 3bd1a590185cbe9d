/**
 * What a rule throws while it is evaluated. `thrown` is the bare value JSON Logic defines (not-a-number,
 * an object with a `type`), which `try` hands to its alternatives; the error around it exists so that
 * whoever catches it outside has a message to show.
 */
export class LogicFailure extends Error {
  override readonly name = 'LogicFailure';
  readonly thrown: unknown;

  constructor(message: string, thrown: unknown) {
    super(message);
    this.thrown = thrown;
  }
}

/** An operand is not a number where one is needed. */
export function notANumber(): LogicFailure {
  return new LogicFailure('an operand is not a number', Number.NaN);
}

/** An operator's arguments have the wrong shape or number. */
export function invalidArguments(): LogicFailure {
  return new LogicFailure('an operator got arguments of the wrong number or type', {
    type: 'Invalid Arguments',
  });
}

/** An accumulator of `reduce` holds objects within objects. */
export function exceededDepth(): LogicFailure {
  return new LogicFailure('the accumulator of "reduce" may not hold objects within objects', {
    type: 'Exceeded Allowed Depth',
  });
}

/** The bare value behind anything that was thrown while a rule was evaluated. */
export function thrownValue(error: unknown): unknown {
  return error instanceof LogicFailure ? error.thrown : error;
}

/** Something to throw that carries a bare value; the inverse of {@link thrownValue}. */
export function failureOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown : new LogicFailure(describeThrown(thrown), thrown);
}

/** A few words about a bare thrown value, for messages. */
export function describeThrown(thrown: unknown): string {
  if (Number.isNaN(thrown)) return 'an operand is not a number';
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown !== 'object' || thrown === null) return `it throws ${String(thrown)}`;
  const type = Object.hasOwn(thrown, 'type') ? (thrown as { type: unknown }).type : undefined;
  return typeof type === 'string' ? `it throws "${type}"` : 'it throws an object';
}

/**
 * What `try` shows of an error of the language itself: its name. The engine shows the message, which is
 * V8's own wording of what the engine's own code did.
 */
export function nameOfError(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.name : undefined;
}
