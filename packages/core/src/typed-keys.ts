import type { FlagValue } from './resolution.ts';

declare global {
  /**
   * The application's flags and their types. Declare it once and every read is checked:
   *
   * ```ts
   * declare global {
   *   interface HalyardFlags { 'new-checkout': boolean; 'button-color': 'red' | 'blue' }
   * }
   * ```
   */
  interface HalyardFlags {}
}

/** A flag's key: one of the declared ones, or any string while none are declared. */
export type FlagKey = FlagKeyOf<HalyardFlags>;

/**
 * The type of a read: the declared one; else the default's, widened from its literal. A null or
 * undefined default accepts a value of any type, and may itself be what the read gives.
 */
export type FlagType<K, Default> = FlagTypeOf<HalyardFlags, K, Default>;

/** What a default may be: of the declared type, or null or undefined; anything for other flags. */
export type FlagDefault<K> = FlagDefaultOf<HalyardFlags, K>;

/** {@link FlagKey} of any table of flags. */
export type FlagKeyOf<Flags> = keyof Flags extends never ? string : Extract<keyof Flags, string>;

/** {@link FlagType} of any table of flags. */
export type FlagTypeOf<Flags, K, Default> = K extends keyof Flags
  ? Flags[K] | NullDefault<Default>
  : Widen<Default>;

/** {@link FlagDefault} of any table of flags. */
export type FlagDefaultOf<Flags, K> = K extends keyof Flags ? Flags[K] | null | undefined : unknown;

/** Null and undefined of a default's type; a type that takes every value says nothing about it. */
type NullDefault<Default> = FlagValue extends Default ? never : Extract<Default, null | undefined>;

type Widen<T> = T extends boolean
  ? boolean
  : T extends string
    ? string
    : T extends number
      ? number
      : T extends null | undefined
        ? FlagValue | T
        : T;
