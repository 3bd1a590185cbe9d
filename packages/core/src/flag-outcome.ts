import type { Resolution } from './resolution.ts';

/** One of the things a flag can come out as: a resolution without how it came about. */
export type FlagOutcome = Pick<Resolution, 'value' | 'variant' | 'enabled' | 'payload'>;

/** A flag with more outcomes than this is one that nobody could choose from. */
const MAX_OUTCOMES = 1000;

/** What a resolution says of the flag itself. */
export function flagOutcome({ value, variant, enabled, payload }: Resolution): FlagOutcome {
  return {
    ...(value !== undefined && { value }),
    ...(variant !== undefined && { variant }),
    ...(enabled !== undefined && { enabled }),
    ...(payload !== undefined && { payload }),
  };
}

/**
 * Each outcome once, in the order given. Undefined when there is none to list, when there are more than
 * 1,000, or when listing them throws: a list that is not whole is no list. Never throws.
 */
export function listOutcomes(
  outcomes: () => Iterable<FlagOutcome> | undefined,
): readonly FlagOutcome[] | undefined {
  try {
    const distinct = new Map<string, FlagOutcome>();
    for (const outcome of outcomes() ?? []) {
      const { value, variant, enabled, payload } = outcome;
      const identity = JSON.stringify({ value, variant, enabled, payload });
      if (distinct.has(identity)) continue;
      if (distinct.size === MAX_OUTCOMES) return undefined;
      distinct.set(identity, outcome);
    }
    return distinct.size === 0 ? undefined : [...distinct.values()];
  } catch {
    // Definitions given in code may throw when they are read, and values may be nested too deep.
    return undefined;
  }
}
