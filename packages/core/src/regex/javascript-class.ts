import {
  type CharacterSet,
  complement,
  DIGITS,
  normalized,
  type Range,
  SPACE,
  WORD,
} from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);

const CLASS_ESCAPES: ReadonlyMap<string, readonly Range[]> = new Map([
  ['d', DIGITS],
  ['D', complement(DIGITS)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACE],
  ['S', complement(SPACE)],
]);

/** Takes the letter of `\d`, `\w`, `\s` or their opposites, behind its backslash. */
export function classEscape(reader: PatternReader): readonly Range[] | undefined {
  const ranges = CLASS_ESCAPES.get(reader.peek());
  if (ranges !== undefined) reader.next();
  return ranges;
}

/** Takes what follows a backslash and stands for one character. What means nothing stands for itself. */
export function takeCharacterEscape(reader: PatternReader): number {
  const octal = takeOctal(reader);
  if (octal !== undefined) return octal;
  const letter = reader.next();
  if (letter === 'x') return reader.takeHex(2) ?? unitOf(letter);
  if (letter === 'u') return reader.takeHex(4) ?? unitOf(letter);
  if (letter === 'c') return takeControl(reader, /^[A-Za-z]$/);
  return CONTROLS.get(letter) ?? unitOf(letter);
}

/** Takes a class behind its `[`. */
export function parseClass(reader: PatternReader): Omit<CharacterSet, 'folding'> {
  const start = reader.position - 1;
  const negated = reader.eat('^');
  const ranges: Range[] = [];
  while (!reader.eat(']')) {
    if (reader.atEnd) throw reader.error('missing "]" for the class', start);
    ranges.push(...takeRanges(reader));
  }
  return { ranges: normalized(ranges), negated };
}

function takeRanges(reader: PatternReader): readonly Range[] {
  const start = reader.position;
  const first = takeMember(reader);
  if (!reader.sees('-') || reader.peek(1) === ']' || reader.peek(1) === '') return first;
  reader.next();
  const last = takeMember(reader);
  const from = onlyUnit(first);
  const to = onlyUnit(last);
  // A range that begins or ends with a class is no range: the hyphen stands for itself.
  if (from === undefined || to === undefined) return [...first, HYPHEN, ...last];
  if (from > to) throw reader.error('a range of the class is out of order', start);
  return [[from, to]];
}

const HYPHEN: Range = [0x2d, 0x2d];

function takeMember(reader: PatternReader): readonly Range[] {
  const character = reader.next();
  const unit = character === '\\' ? takeClassEscape(reader) : unitOf(character);
  return typeof unit === 'number' ? [[unit, unit]] : unit;
}

function takeClassEscape(reader: PatternReader): number | readonly Range[] {
  if (reader.atEnd) throw reader.error('nothing after "\\"');
  if (reader.eat('b')) return 8;
  if (reader.eat('c')) return takeControl(reader, /^\w$/);
  return classEscape(reader) ?? takeCharacterEscape(reader);
}

function onlyUnit(ranges: readonly Range[]): number | undefined {
  const [range] = ranges;
  return range !== undefined && ranges.length === 1 && range[0] === range[1] ? range[0] : undefined;
}

/** Takes the letter of a control character; without one the backslash stands for itself. */
function takeControl(reader: PatternReader, letters: RegExp): number {
  if (letters.test(reader.peek())) return unitOf(reader.next()) & 0x1f;
  reader.position--;
  return 0x5c;
}

/** Takes up to three octal digits, up to 377. */
function takeOctal(reader: PatternReader): number | undefined {
  const digits = reader.takeWhile(/^[0-7]$/, /^[0-3]$/.test(reader.peek()) ? 3 : 2);
  return digits === '' ? undefined : Number.parseInt(digits, 8);
}

function unitOf(character: string): number {
  return character.charCodeAt(0);
}
