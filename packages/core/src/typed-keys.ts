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
export type FlagKey = keyof HalyardFlags extends never
  ? string
  : Extract<keyof HalyardFlags, string>;

/** The type of a flag's value: the declared one, else the default's type, widened from its literal. */
export type FlagType<K, Default> = K extends keyof HalyardFlags ? HalyardFlags[K] : Widen<Default>;

type Widen<T> = T extends boolean
  ? boolean
  : T extends string
    ? string
    : T extends number
      ? number
      : T;
