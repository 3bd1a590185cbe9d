/** What the compiler must know about an operator before it looks at the arguments. */
export interface OperatorTraits {
  /** The operator decides itself which of its arguments are evaluated, and against which data. */
  readonly lazy: boolean;
  /** A single argument is passed bare, not as a list of one. */
  readonly unary: boolean;
}

const EAGER: OperatorTraits = { lazy: false, unary: false };
const UNARY: OperatorTraits = { lazy: false, unary: true };
const LAZY: OperatorTraits = { lazy: true, unary: false };

/** Every standard operator (those json-logic-engine 5.0.7 has by default). */
export const STANDARD_OPERATORS: ReadonlyMap<string, OperatorTraits> = new Map([
  ...names('* / % max min in substr exists merge keys get missing missing_some', EAGER),
  ...names('+ - ! !! not cat throw var val', UNARY),
  ...names('if ?: == === != !== < <= > >= and or ?? try length preserve pipe eachKey', LAZY),
  ...names('map filter reduce all every none some', LAZY),
]);

function names(list: string, traits: OperatorTraits): [string, OperatorTraits][] {
  return list.split(' ').map((name) => [name, traits]);
}
