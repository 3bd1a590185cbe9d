import type { ParsedPattern } from './ast.ts';
import { nativeReach } from './cost.ts';
import { createMachine } from './machine.ts';
import { type Matcher, nativeMatcher, nativePattern } from './native.ts';
import { parsePattern, type RegexOptions } from './parse.ts';
import { PatternError } from './pattern-reader.ts';
import type { MatchMode } from './subject.ts';
import type { NativePattern } from './translate.ts';

export type { RegexDialect } from './dialect.ts';
export type { RegexOptions } from './parse.ts';

/** A pattern that can be asked, or why it cannot. */
export type CompiledRegex =
  | {
      readonly kind: 'regex';
      /** Whether the pattern matches from the beginning of the subject, to wherever: `re.match`. */
      readonly matchesAt0: (subject: string) => boolean;
      /** Whether it matches anywhere in the subject: `re.search`, `RegExp.test`. */
      readonly search: (subject: string) => boolean;
      /** Whether it matches the whole subject: `re.fullmatch`. */
      readonly matchesWhole: (subject: string) => boolean;
    }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Compiles a regular expression that somebody else wrote. Whatever the pattern and the subject, an answer
 * takes a bounded number of steps: the native engine is asked only where it cannot take long, and a
 * machine of bounded running time otherwise. Where even that would take too long, the answer is false
 * (see `limits.ts`). Never throws, and neither do the matchers.
 *
 * Dialect `python` is `re` of CPython 3.11 to 3.13 for text, but `\d`, `\w` and `\b` know ASCII only,
 * `\s` and ignoring case are those of ECMAScript, and conditional groups and `\N{…}` are invalid.
 * Dialect `javascript` is ECMAScript without flags (but `i` on request), without the modifiers and the
 * repeated group names of ES2025.
 */
export function compileRegex(pattern: string, options: RegexOptions): CompiledRegex {
  try {
    const parsed = parsePattern(pattern, options);
    const matcher = matchersOf(parsed, nativePattern(pattern, parsed, options), options);
    return {
      kind: 'regex',
      matchesAt0: matcher('at-start'),
      search: matcher('anywhere'),
      matchesWhole: matcher('whole'),
    };
  } catch (error) {
    if (error instanceof PatternError) return { kind: 'invalid', message: error.message };
    throw error;
  }
}

function matchersOf(
  parsed: ParsedPattern,
  native: NativePattern | undefined,
  { dialect }: RegexOptions,
): (mode: MatchMode) => Matcher {
  const machine = createMachine(parsed, dialect);
  const reach = nativeReach(parsed.root);
  return (mode) => {
    const bounded: Matcher = (subject) => machine(subject, mode).matched;
    return native === undefined
      ? bounded
      : nativeMatcher({ pattern: native, reach }, mode, bounded);
  };
}
