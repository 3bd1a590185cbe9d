import { HalyardError } from '@halyard/core';

/** The error for a wrong option: its name, what was given, what is expected instead. */
export function invalidOption(option: string, given: unknown, expected: string): HalyardError {
  return new HalyardError(
    'server',
    'INVALID_OPTION',
    `\`${option}\` is ${describe(given)}. It must be ${expected}.`,
  );
}

const LONGEST_TEXT = 40;

/** Names a value without showing what is in it: options may hold credentials. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT ? `the text ${JSON.stringify(value)}` : 'a long text';
  }
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
