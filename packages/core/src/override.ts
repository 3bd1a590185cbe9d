import type { FlagValue } from './resolution.ts';

/** The variant of that name, where its value is not what one would choose it by. */
export interface NamedVariant {
  readonly variant: string;
}

/**
 * How flags are to come out, by key: as a value that the flag can have, or as the variant of a name.
 * Keys and values are checked against the declared flags; while none are declared, a text is the name of
 * a variant as well.
 */
export type FlagOverrides = FlagOverridesOf<HalyardFlags>;

/** {@link FlagOverrides} of any table of flags. */
export type FlagOverridesOf<Flags> = keyof Flags extends never
  ? { readonly [key: string]: FlagValue }
  : { readonly [K in Extract<keyof Flags, string>]?: Flags[K] | NamedVariant };
