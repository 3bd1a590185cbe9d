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
}

/** What an attempt to load brought: new definitions, or the confirmation of the ones held. */
export type LoadResult =
  | { readonly kind: 'changed'; readonly definitions: Definitions }
  | { readonly kind: 'unchanged'; readonly validator: Validator | undefined };

/** Loads definitions, given the ones held. Rejects with a HalyardError. */
export type Load = (held: Definitions | undefined, signal: AbortSignal) => Promise<LoadResult>;
