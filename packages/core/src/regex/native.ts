import type { ParsedPattern } from './ast.ts';
import type { NativeReach } from './cost.ts';
import type { RegexOptions } from './parse.ts';
import { PatternError } from './pattern-reader.ts';
import type { MatchMode } from './subject.ts';
import { type NativePattern, translate } from './translate.ts';

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
      // The engine compiles at the first match, and only then finds a pattern too big for its stack.
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

/**
 * The pattern for the native engine, if it can be asked at all.
 *
 * @throws PatternError for one that claims to be ECMAScript's and is not.
 */
export function nativePattern(
  pattern: string,
  { root }: ParsedPattern,
  { dialect, ignoreCase = false }: RegexOptions,
): NativePattern | undefined {
  if (dialect === 'python') return translate(root);
  const own = { source: pattern, flags: ignoreCase ? 'i' : '' };
  try {
    nativeRegExp(own, 'anywhere');
  } catch (error) {
    throw new PatternError(error instanceof Error ? error.message : 'not a regular expression');
  }
  return own;
}
