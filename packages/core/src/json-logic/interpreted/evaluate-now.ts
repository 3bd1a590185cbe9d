import { Environment, NOTHING_ABOVE } from '../environment.ts';
import { thrownValue } from '../failure.ts';
import { constantFault } from '../fault.ts';
import { exactly, isConstant, type Part } from '../scope.ts';
import type { LogicFrame } from '../types.ts';

// Deterministic parts hold no operator of a dialect, and those alone look at the frame.
const NOBODY: LogicFrame = {
  flagKey: '',
  scope: { context: {}, now: undefined, state: undefined, trace: undefined },
};

/** Evaluates a deterministic operand while compiling; when it throws, it does not compile. */
export function evaluateNow(part: Part, path: string): Part {
  if (isConstant(part)) return part;
  try {
    return exactly(part.run(undefined, new Environment(NOBODY, NOTHING_ABOVE)));
  } catch (error) {
    throw constantFault(thrownValue(error), path);
  }
}
