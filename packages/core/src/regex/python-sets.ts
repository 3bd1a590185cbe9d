import type { Folding } from './case-folding.ts';
import {
  ASCII_SPACE,
  type CharacterSet,
  complement,
  DIGITS,
  normalized,
  type Range,
  SPACE,
  WORD,
} from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';
import { takePythonCharacter, takePythonOctal } from './python-escapes.ts';
import type { PythonFlags } from './python-flags.ts';

/** Not ASCII, but the same as `k` and `s` when case is ignored. */
const FOLDED_WORD = normalized([...WORD, [0x17f, 0x17f], [0x212a, 0x212a]]);
const NEWLINE: readonly Range[] = [[0x0a, 0x0a]];

/** How characters fold. With flag `a`, sets hold both cases of ASCII letters instead. */
export function pythonFolding(flags: PythonFlags): Folding {
  return flags.ignoreCase && !flags.ascii ? 'simple' : 'none';
}

/** A set under the flags of its place. */
export function pythonSet(
  ranges: readonly Range[],
  negated: boolean,
  flags: PythonFlags,
): CharacterSet {
  const asciiCases = flags.ignoreCase && flags.ascii;
  return {
    ranges: normalized(asciiCases ? [...ranges, ...otherAsciiCases(ranges)] : ranges),
    negated,
    folding: pythonFolding(flags),
  };
}

/** What `.` matches. */
export function pythonDot(flags: PythonFlags): CharacterSet {
  return { ranges: flags.dotAll ? [] : NEWLINE, negated: true, folding: 'none' };
}

/**
 * Takes the letter of `\d`, `\w`, `\s` or their opposites, behind its backslash. Other than in Python,
 * digits and word characters are those of ASCII, and spaces those of ECMAScript.
 */
export function pythonClassEscape(
  reader: PatternReader,
  flags: PythonFlags,
): readonly Range[] | undefined {
  const letter = reader.peek();
  const ranges = rangesOf(letter.toLowerCase(), flags);
  if (ranges === undefined) return undefined;
  reader.next();
  return letter === letter.toLowerCase() ? ranges : complement(ranges);
}

function rangesOf(letter: string, flags: PythonFlags): readonly Range[] | undefined {
  if (letter === 'd') return DIGITS;
  if (letter === 'w') return pythonFolding(flags) === 'simple' ? FOLDED_WORD : WORD;
  if (letter === 's') return flags.ascii ? ASCII_SPACE : SPACE;
  return undefined;
}

/** Takes a class behind its `[`. */
export function parsePythonClass(reader: PatternReader, flags: PythonFlags): CharacterSet {
  const start = reader.position - 1;
  const negated = reader.eat('^');
  const ranges: Range[] = [];
  // A bracket right at the beginning is a member.
  for (let first = true; first || !reader.eat(']'); first = false) {
    if (reader.atEnd) throw reader.error('missing "]" for the class', start);
    ranges.push(...takeRanges(reader, flags));
  }
  return pythonSet(ranges, negated, flags);
}

function takeRanges(reader: PatternReader, flags: PythonFlags): readonly Range[] {
  const start = reader.position;
  const from = takeMember(reader, flags);
  if (!reader.sees('-') || reader.peek(1) === ']') return asRanges(from);
  reader.next();
  if (reader.atEnd) throw reader.error('missing "]" for the class', start);
  const to = takeMember(reader, flags);
  if (typeof from !== 'number' || typeof to !== 'number' || from > to) {
    throw reader.error('bad range in the class', start);
  }
  return [[from, to]];
}

function takeMember(reader: PatternReader, flags: PythonFlags): number | readonly Range[] {
  const character = reader.next();
  if (character !== '\\') return character.codePointAt(0) ?? 0;
  if (reader.eat('b')) return 8;
  return (
    pythonClassEscape(reader, flags) ?? takePythonOctal(reader, 3) ?? takePythonCharacter(reader)
  );
}

function asRanges(member: number | readonly Range[]): readonly Range[] {
  return typeof member === 'number' ? [[member, member]] : member;
}

function otherAsciiCases(ranges: readonly Range[]): readonly Range[] {
  return ranges.flatMap(([first, last]) => [
    ...shifted(first, last, { from: 0x41, by: 0x20 }),
    ...shifted(first, last, { from: 0x61, by: -0x20 }),
  ]);
}

function shifted(
  first: number,
  last: number,
  { from, by }: { readonly from: number; readonly by: number },
): readonly Range[] {
  const start = Math.max(first, from);
  const end = Math.min(last, from + 25);
  return start <= end ? [[start + by, end + by]] : [];
}
