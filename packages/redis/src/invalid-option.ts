import { HalyardError } from '@halyard/core';

/** The error for a wrong option. What was given is not shown: it may hold a password. */
export function invalidOption(factory: string, option: string, expected: string): HalyardError {
  return new HalyardError(
    'redis',
    'INVALID_OPTION',
    `\`${option}\` of ${factory} must be ${expected}.`,
  );
}
