import type { PositionKind } from './ast.ts';
import type { RegexDialect } from './dialect.ts';
import type { Instruction } from './program.ts';

/** Where a match may begin and has to end. */
export type MatchMode = 'at-start' | 'anywhere' | 'whole';

/** The characters of a subject: code points in Python, UTF-16 units in ECMAScript. */
export function charactersOf(subject: string, dialect: RegexDialect): Uint32Array {
  const characters = new Uint32Array(subject.length);
  const inCodePoints = dialect === 'python';
  let count = 0;
  for (let i = 0; i < subject.length; i++) {
    const character = inCodePoints ? subject.codePointAt(i) : subject.charCodeAt(i);
    characters[count++] = character ?? 0;
    if (character !== undefined && character > 0xffff) i++;
  }
  return characters.subarray(0, count);
}

const NEWLINE = 0x0a;

/** Whether a position of the subject is of this kind. */
export function isPosition(
  kind: PositionKind | undefined,
  characters: Uint32Array,
  position: number,
): boolean {
  const toGo = characters.length - position;
  switch (kind) {
    case 'start':
      return position === 0;
    case 'end':
      return toGo === 0;
    case 'endOrFinalNewline':
      return toGo === 0 || (toGo === 1 && characters[position] === NEWLINE);
    case 'lineStart':
      return position === 0 || characters[position - 1] === NEWLINE;
    case 'lineEnd':
      return toGo === 0 || characters[position] === NEWLINE;
    default:
      return false;
  }
}

/** Whether a `boundary` instruction holds at a position of the subject. */
export function isBoundary(
  { test, negated, x: needsText }: Instruction,
  characters: Uint32Array,
  position: number,
): boolean {
  if (needsText === 1 && characters.length === 0) return false;
  const isWord = (at: number) => test?.(characters[at] ?? OUTSIDE) ?? false;
  return (isWord(position - 1) !== isWord(position)) !== negated;
}

/** No character; belongs to no set of word characters. */
const OUTSIDE = 0xffffffff;
