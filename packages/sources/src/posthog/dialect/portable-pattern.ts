/** What stood before the character at hand, as far as a quantifier behind it makes a difference. */
type Previous = string;
const LITERAL: Previous = 'literal';
const EMPTY_GROUP: Previous = 'empty group';

/** What may stand behind a backslash: classes, white space, and signs that then mean themselves. */
const ESCAPABLE = /[dDsSwWbBfnrtv\x20-\x2f:;=?@\x5b-\x60\x7b-\x7e]/;
const HEX_PAIR = /^[0-9a-f]{2}/i;
const COUNTS = /^\{(\d+)(?:,(\d*))?\}/;
/** PostHog's servers refuse higher counts. */
const MAX_COUNT = 0xffffffff;

/**
 * Whether a regular expression means the same to JavaScript as to PostHog's servers, whose engine is
 * another one. Gives the character classes in it, which have rules of their own; undefined for a pattern
 * that is not portable. A pattern may be portable and no regular expression at all.
 */
export function portableClasses(pattern: string): readonly string[] | undefined {
  return new PatternScan(pattern).classes();
}

class PatternScan {
  private readonly pattern: string;
  private at = 0;
  private previous: Previous = '';
  private readonly found: string[] = [];

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  classes(): readonly string[] | undefined {
    for (; this.at < this.pattern.length; this.at++) {
      if (!this.step(this.pattern[this.at] as string)) return undefined;
    }
    return this.found;
  }

  /** Takes the character at hand, and what belongs to it; false when it is not portable. */
  private step(character: string): boolean {
    if (character > '\u007f') return false;
    if (character === '\\') return this.escape('dDsSwWfnrtv');
    if (character === '[') return this.characterClass();
    if (character === '(' && this.next === '?') {
      if (this.pattern[this.at + 2] !== ':') return false;
      this.at += 2;
    } else if (character === '{') {
      if (!this.isRepeatable()) return false;
    } else if ('*+?}'.includes(character) && (this.next === '+' || this.next === '{')) return false;
    if ('*+?{'.includes(character) && ['^', '$', EMPTY_GROUP].includes(this.previous)) return false;
    const closesNothing = character === ')' && ['(', EMPTY_GROUP].includes(this.previous);
    this.previous = closesNothing ? EMPTY_GROUP : character;
    return true;
  }

  private get next(): string | undefined {
    return this.pattern[this.at + 1];
  }

  /** A backslash and what it escapes; `letters` may be among that. Leaves off at its last character. */
  private escape(letters: string): boolean {
    this.previous = LITERAL;
    const escaped = this.next;
    this.at++;
    // A backslash at the end escapes nothing: the pattern will not compile.
    if (escaped === undefined) return true;
    if (escaped === 'x') {
      const isComplete = HEX_PAIR.test(this.pattern.slice(this.at + 1, this.at + 3));
      this.at += 2;
      return isComplete;
    }
    if (!ESCAPABLE.test(escaped)) return false;
    return letters.includes(escaped) || !/[a-z]/i.test(escaped);
  }

  /** A class up to its closing bracket. One that is never closed will not compile. */
  private characterClass(): boolean {
    const start = this.at;
    const first = start + (this.next === '^' ? 2 : 1);
    for (this.at++; this.at < this.pattern.length; this.at++) {
      const character = this.pattern[this.at] as string;
      if (character === ']') return this.endClass(start, first);
      if (character === '\\') {
        // Within a class `\b` is a character; outside it is a boundary, on which the engines differ.
        if (!this.escape('dDsSwWbBfnrtv')) return false;
      } else if (character === '[' || character > '\u007f') return false;
      else if (/[&~-]/.test(character) && this.next === character) return false;
    }
    return true;
  }

  private endClass(start: number, first: number): boolean {
    this.found.push(this.pattern.slice(start, this.at + 1));
    this.previous = LITERAL;
    return this.at > first;
  }

  /** Whether the count at hand repeats something, and not too often. */
  private isRepeatable(): boolean {
    const [count, ...limits] = COUNTS.exec(this.pattern.slice(this.at)) ?? [];
    if (count === undefined || ['', '|', '('].includes(this.previous)) return false;
    return limits.every((limit) => !(Number(limit) > MAX_COUNT));
  }
}
