/** Whether a code point is one of a set. */
export type CharacterTest = (codePoint: number) => boolean;

/** An I-Regexp as written. */
export type Pattern =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'edge'; readonly of: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | Repetition;

/** A part that comes `min` to `max` times; `max` may be infinite. */
export interface Repetition {
  readonly kind: 'repetition';
  readonly part: Pattern;
  readonly min: number;
  readonly max: number;
}
