import { invalidOption } from './invalid-option.ts';

/** The option that is read. */
export interface NumberOption {
  readonly factory: string;
  readonly option: string;
}

/** The longest that a Node timer can wait, in milliseconds; no option here needs more. */
const MAX = 2 ** 31 - 1;

/** A whole number of at least 1, such as of milliseconds. Throws a HalyardError INVALID_OPTION otherwise. */
export function readNumber(given: unknown, { factory, option }: NumberOption): number {
  if (Number.isInteger(given) && Number(given) >= 1 && Number(given) <= MAX) return Number(given);
  throw invalidOption(factory, option, `a whole number from 1 to ${MAX}`);
}
