import type { CompileOptions, Ruleset } from '@halyard/core';
import { type FlagSource, HalyardError, isHalyardError, messageOf } from '@halyard/core';

/** Parses and compiles definitions. Whatever a source throws becomes INVALID_DEFINITIONS. */
export function compileDefinitions(
  source: FlagSource,
  parse: () => unknown,
  options: CompileOptions,
): Ruleset {
  const ruleset = understood(source, () => source.compile(parse(), options));
  requireRuleset(source, ruleset);
  return ruleset;
}

/** Sources may be anybody's code: what is no ruleset must not get as far as the readers. */
function requireRuleset(source: FlagSource, ruleset: Ruleset): void {
  const { flagKeys, diagnostics, resolve, resolveAll } = Object(ruleset) as Partial<Ruleset>;
  const isComplete =
    Array.isArray(flagKeys) &&
    Array.isArray(diagnostics) &&
    typeof resolve === 'function' &&
    typeof resolveAll === 'function';
  if (isComplete) return;
  throw invalidDefinitions(
    source,
    '`compile` of the source must return a ruleset (flagKeys, diagnostics, resolve, resolveAll), and not a promise of one. Correct the source.',
  );
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
