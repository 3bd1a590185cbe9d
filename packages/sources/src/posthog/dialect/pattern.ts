import { compileRegex } from '@halyard/core';
import { portableClasses } from './portable-pattern.ts';
import type { Operation } from './test.ts';
import { textOf } from './texts.ts';
import { FAILED, NO, UNPORTABLE, type Verdict, YES } from './verdict.ts';

/** Subjects with these may mean something else to PostHog's servers: all beyond ASCII, carriage returns. */
const NOT_PORTABLE = /[^\p{ASCII}]|\r/u;

/**
 * `regex` (`wanted` true) and `not_regex`: whether a pattern matches anywhere. Only patterns and subjects
 * that mean the same to PostHog's servers are decided. A portable pattern that is no regular expression
 * satisfies neither operator. The time a match takes is bounded.
 */
export function patternMatch(target: unknown, wanted: boolean): Operation {
  const pattern = textOf(target);
  if (pattern === undefined) return { test: () => FAILED, isUsable: true };
  const found = verdictOf(wanted);
  const missed = verdictOf(!wanted);
  const search = pattern === '' ? () => found : searchFor(pattern, found, missed);
  return {
    test: (value) => {
      const text = textOf(value);
      return text === undefined ? FAILED : search(text);
    },
    isUsable: true,
  };
}

function verdictOf(holds: boolean): Verdict {
  return holds ? YES : NO;
}

function searchFor(pattern: string, found: Verdict, missed: Verdict): (subject: string) => Verdict {
  const classes = portableClasses(pattern);
  if (classes === undefined) return () => UNPORTABLE;
  if (!isRegExp(pattern)) return () => NO;
  // By the stricter rules of Unicode mode, which are also those of PostHog's servers: `[\s-9]` is none.
  if (!classes.every((one) => isRegExp(one, 'u'))) return () => UNPORTABLE;
  const compiled = compileRegex(pattern, { dialect: 'javascript' });
  // A regular expression, but too big to be matched in bounded time.
  if (compiled.kind === 'invalid') return () => UNPORTABLE;
  return (subject) => {
    if (NOT_PORTABLE.test(subject)) return UNPORTABLE;
    return compiled.search(subject) ? found : missed;
  };
}

function isRegExp(pattern: string, flags?: string): boolean {
  try {
    return new RegExp(pattern, flags) !== undefined;
  } catch {
    // That it throws is the answer; there is no other way to ask.
    return false;
  }
}
