import { HalyardError } from '../errors.ts';

/** Something wrong with a rule, and where. */
export interface LogicProblem {
  /** Where in the rule, as operator names and positions: `if[1].==[0]`. Empty for the rule itself. */
  readonly path: string;
  /** What was wrong, what was expected, what to do. */
  readonly message: string;
}

/** A rule that does not compile. `path` says where in the rule, `message` what to do about it. */
export class LogicError extends HalyardError implements LogicProblem {
  /** Where in the rule, as operator names and positions: `if[1].==[0]`. Empty for the rule itself. */
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    const place = path === '' ? 'the rule' : path;
    super('json-logic', 'INVALID_DEFINITIONS', `at ${place}: ${message}`, options);
    this.path = path;
  }
}

/** Appends an operator or a key to a path: `if[1]` and `==` give `if[1].==`. */
export function joinPath(path: string, step: string): string {
  if (path === '') return step;
  return step === '' || step.startsWith('[') ? path + step : `${path}.${step}`;
}
