import type { NativeReach } from './cost.ts';
import type { MatchMode } from './subject.ts';

/** A pattern for `new RegExp(source, flags)`. */
export interface NativePattern {
  readonly source: string;
  readonly flags: string;
}

/** A pattern as the native engine takes it, with the longest subjects that it may be given. */
export interface NativeOptions {
  readonly pattern: NativePattern;
  readonly reach: NativeReach;
}

/** Tells whether a subject matches. */
export type Matcher = (subject: string) => boolean;

/** Asks the native engine about subjects within its reach, and `otherwise` about all others. */
export function nativeMatcher(
  { pattern, reach }: NativeOptions,
  mode: MatchMode,
  otherwise: Matcher,
): Matcher {
  let longest = mode === 'anywhere' ? reach.search : reach.anchored;
  let regexp: RegExp | undefined;
  return (subject) => {
    if (subject.length > longest) return otherwise(subject);
    try {
      regexp ??= nativeRegExp(pattern, mode);
      return regexp.test(subject);
    } catch {
      // The engine finds out only at the first match that a pattern is too big for it.
      longest = -1;
      return otherwise(subject);
    }
  };
}

/** Without flags `g` and `y`, a regular expression keeps no state between calls. */
export function nativeRegExp({ source, flags }: NativePattern, mode: MatchMode): RegExp {
  if (mode === 'anywhere') return new RegExp(source, flags);
  return new RegExp(`^(?:${source})${mode === 'whole' ? '$' : ''}`, flags);
}
