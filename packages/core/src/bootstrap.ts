import type { FlagValue, FlagValueType, Resolution, ResolutionReason } from './resolution.ts';

/**
 * What a flag is when it is read as a type that is not its value's own. Null says that it is nothing of
 * that type, which it may be of its value's own, too.
 */
export type TypedValues = { readonly [Type in FlagValueType]?: FlagValue };

/** A flag on its way to the browser. */
export type BootstrapEntry = readonly [key: string, resolution: Resolution, as?: TypedValues];

/** What one flag, or many, came out as: their keys, and what they have in common. */
export type BootstrapOutcome = readonly [
  /** The flags' keys, with a space between; a list where a key has a space of its own. */
  keys: string | readonly string[],
  value: FlagValue,
  /** By its place in {@link REASONS}; anything else stands for UNKNOWN. */
  reason: number,
  /** The variant's name; null or absent where there is none. */
  variant?: string | null,
  /** What else the flags are when they are read as types that are not their value's own. */
  as?: TypedValues,
];

/**
 * The resolved map that travels from the server to the browser: values only, no rules, no attributes.
 * Flags that came out alike share an entry, which keeps 400 of them small. {@link decodeBootstrap} reads it.
 */
export interface FlagsBootstrap {
  /** The version of the definitions that were evaluated. */
  readonly version: string;
  /**
   * Tells one visitor from the next within a page, so that each one's exposures count; absent where they
   * are counted for nobody in particular, such as without a targeting key. Says nothing of who they are:
   * 32 bits of a hash, which many share.
   */
  readonly visitor?: string;
  readonly outcomes: readonly BootstrapOutcome[];
}

/** A flag's state in the browser. */
export interface BootstrapFlag {
  readonly value: FlagValue;
  readonly variant: string | undefined;
  readonly reason: ResolutionReason;
  /** What it is as the types that are not its value's own. */
  readonly as?: TypedValues | undefined;
}

/** What the numbers of a {@link BootstrapOutcome} stand for. A list, since every page loads it. */
export const REASONS: readonly ResolutionReason[] = [
  'UNKNOWN',
  'STATIC',
  'DEFAULT',
  'TARGETING_MATCH',
  'SPLIT',
  'CACHED',
  'DISABLED',
  'STALE',
  'OVERRIDE',
  'ERROR',
];

/**
 * Packs resolutions for the browser: equal input gives equal bytes. Flags without a value are left out, as
 * are those whose value JSON cannot tell: the reader's default applies there as here.
 */
export function encodeBootstrap(
  version: string,
  entries: Iterable<BootstrapEntry>,
  visitor?: string,
): FlagsBootstrap {
  const outcomeByKey = new Map<string, string>();
  for (const entry of entries) {
    const outcome = outcomeOf(entry);
    if (outcome !== undefined) outcomeByKey.set(entry[0], outcome);
  }
  const keysByOutcome = new Map<string, string[]>();
  for (const [key, outcome] of outcomeByKey) {
    const alike = keysByOutcome.get(outcome);
    if (alike === undefined) keysByOutcome.set(outcome, [key]);
    else alike.push(key);
  }
  const outcomes = Array.from(keysByOutcome, ([outcome, keys]): BootstrapOutcome => {
    const isPlain = !keys.some((key) => key.includes(' '));
    return [isPlain ? keys.join(' ') : keys, ...(JSON.parse(outcome) as Told)];
  });
  return { version, ...(visitor !== undefined && { visitor }), outcomes };
}

/** An outcome without its keys. */
type Told = BootstrapOutcome extends readonly [unknown, ...infer Rest] ? Rest : never;

/** What is told of a flag, as JSON: equal for flags that came out alike. */
function outcomeOf([, resolution, as]: BootstrapEntry): string | undefined {
  const { errorCode, value, variant, reason } = resolution;
  if (errorCode !== undefined || value === undefined) return undefined;
  const told: Told = [value, Math.max(0, REASONS.indexOf(reason)), variant, as];
  while (told.at(-1) === undefined) told.pop();
  try {
    return JSON.stringify(told);
  } catch {
    return undefined;
  }
}

/** Unpacks a {@link FlagsBootstrap}. Throws TypeError for what is none. */
export function decodeBootstrap({ outcomes }: FlagsBootstrap): Map<string, BootstrapFlag> {
  const flags = new Map<string, BootstrapFlag>();
  for (const [keys, value, place, variant, as] of outcomes) {
    const reason = REASONS[place] ?? 'UNKNOWN';
    for (const key of typeof keys === 'string' ? keys.split(' ') : keys) {
      flags.set(key, { value, variant: variant ?? undefined, reason, as });
    }
  }
  return flags;
}
