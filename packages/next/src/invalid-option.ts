import { HalyardError } from '@halyard/core';

/** An option of `createFlags` that is missing or wrong. */
export function invalidOption(what: string, expected: string): HalyardError {
  return new HalyardError(
    'createFlags',
    'INVALID_OPTION',
    `${what} must be ${expected}. Correct the call of createFlags().`,
  );
}
