import type { EvaluationScope } from '../ruleset.ts';
import type { LogicFrame } from './types.ts';

/**
 * The data around the data, innermost first: what `../` and `{"val":[[1],…]}` climb to. A level is
 * `[what is iterated, the data outside, the levels outside]`.
 */
export type Above = readonly unknown[];

export const NOTHING_ABOVE: Above = Object.freeze([]);

/**
 * A frame with what only some rules need: the levels above, the position in the list being walked and
 * the register (see {@link FunctionScope}). Rules that need none of it run on the caller's own frame.
 */
export class Environment implements LogicFrame {
  readonly flagKey: string;
  readonly scope: EvaluationScope;
  above: Above;
  index = 0;
  register: unknown = undefined;

  constructor(frame: LogicFrame, above: Above) {
    this.flagKey = frame.flagKey;
    this.scope = frame.scope;
    this.above = above;
  }
}

/** The environment behind a frame, in a rule whose compilation asked for one. */
export function environmentOf(frame: LogicFrame): Environment {
  return frame as Environment;
}

/** The levels above, in a rule that may or may not have an environment. */
export function aboveOf(frame: LogicFrame): Above {
  return frame instanceof Environment ? frame.above : NOTHING_ABOVE;
}

/** Runs `body` with other levels above, and puts the old ones back whatever happens. */
export function withAbove<Result>(
  environment: Environment,
  above: Above,
  body: () => Result,
): Result {
  const outside = environment.above;
  environment.above = above;
  try {
    return body();
  } finally {
    environment.above = outside;
  }
}
