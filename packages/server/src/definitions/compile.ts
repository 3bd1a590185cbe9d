import type { Ruleset } from '@halyard/core';
import { type FlagSource, HalyardError, isHalyardError, messageOf } from '@halyard/core';

/** Parses and compiles definitions. Whatever a source throws becomes INVALID_DEFINITIONS. */
export function compileDefinitions(
  source: FlagSource,
  parse: () => unknown,
  version: string,
): Ruleset {
  return understood(source, () => source.compile(parse(), { version }));
}

/** Runs a source's code; what it throws becomes a HalyardError. */
export function understood<T>(source: FlagSource, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (isHalyardError(thrown)) throw thrown;
    throw invalidDefinitions(source, `the definitions were not understood: ${messageOf(thrown)}`);
  }
}

/** Definitions that could not be read or understood. */
export function invalidDefinitions(source: FlagSource, message: string): HalyardError {
  return new HalyardError(source.name, 'INVALID_DEFINITIONS', message);
}
