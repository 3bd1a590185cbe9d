import type { Ruleset, Validator } from '@halyard/core';

/** Definitions ready for use, and what tells whether newer ones differ. */
export interface Definitions {
  readonly ruleset: Ruleset;
  /**
   * Of the text they were compiled from: equal digests mean equal definitions. Undefined for those that
   * serve in place of the source's own, which nothing the source says can confirm.
   */
  readonly digest: string | undefined;
  /**
   * The validators of the very response these came from. Kept together with them: a 304 to any other
   * validator would confirm definitions that nobody holds.
   */
  readonly validator: Validator | undefined;
  /**
   * Unix milliseconds at which the backend last gave them, whole, to this process. Absent where they came
   * from anywhere else.
   */
  readonly loadedAt?: number;
}

/** What every successful attempt to load may say besides. */
interface Loaded {
  /** Unix milliseconds at which the source last vouched for the definitions. Default: now. */
  readonly confirmedAt?: number;
  /** Called when the result is in use; the attempt ends when this has settled. Never rejects. */
  afterwards?(): Promise<void>;
}

/** New definitions, or the confirmation of the ones held. */
export type LoadedDefinitions = Loaded &
  (
    | { readonly kind: 'changed'; readonly definitions: Definitions }
    | ({ readonly kind: 'unchanged' } & Pick<Definitions, 'validator' | 'loadedAt'>)
  );

/**
 * What an attempt to load brought. `kept` is neither new nor a confirmation: another worker sees to the
 * definitions, and has nothing newer.
 */
export type LoadResult = LoadedDefinitions | (Loaded & { readonly kind: 'kept' });

/** Loads definitions, given the ones held. Rejects with a HalyardError. */
export type Load = (held: Definitions | undefined, signal: AbortSignal) => Promise<LoadResult>;

/** Who is told that there is something to load. */
export interface Watcher {
  /** The place definitions come from has changed. */
  changed(): void;
  /** What others share has changed: `Origin.glance` finds out. */
  glance(): void;
}
