import { Cursor } from '../cursor.ts';
import { parseCharacters } from './parse-characters.ts';
import type { Pattern, Repetition } from './pattern.ts';

const TIMES = /\{[0-9]+(?:,[0-9]*)?\}/y;

type Times = Pick<Repetition, 'min' | 'max'>;

/**
 * Parses an I-Regexp (RFC 9485, section 4). Outside brackets, `^` and `$` stand for the start and the
 * end of the text: the grammar has them as plain characters, but the RFC's own mappings to other
 * dialects, the compliance suite of JSONPath and Flagsmith's parser have not.
 *
 * @throws SyntaxFault when the text is none.
 * @throws ValidityFault when its parentheses are nested too deep.
 */
export function parsePattern(text: string): Pattern {
  const cursor = new Cursor(text);
  const pattern = parseChoice(cursor);
  if (!cursor.atEnd()) cursor.fail('expected the end of the pattern');
  return pattern;
}

function parseChoice(cursor: Cursor): Pattern {
  const parts: Pattern[] = [];
  do {
    parts.push(parseSequence(cursor));
  } while (cursor.take('|'));
  return joined('choice', parts);
}

function parseSequence(cursor: Cursor): Pattern {
  const parts: Pattern[] = [];
  while (!cursor.atEnd() && !cursor.sees('|') && !cursor.sees(')')) parts.push(parsePiece(cursor));
  return joined('sequence', parts);
}

function joined(kind: 'sequence' | 'choice', parts: readonly Pattern[]): Pattern {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, parts };
}

function parsePiece(cursor: Cursor): Pattern {
  const part = parseAtom(cursor);
  const times = parseTimes(cursor);
  return times === undefined ? part : { kind: 'repetition', part, ...times };
}

function parseAtom(cursor: Cursor): Pattern {
  if (cursor.take('^')) return { kind: 'edge', of: 'start' };
  if (cursor.take('$')) return { kind: 'edge', of: 'end' };
  if (cursor.take('(')) return parseGroup(cursor);
  return { kind: 'character', test: parseCharacters(cursor) };
}

function parseGroup(cursor: Cursor): Pattern {
  return cursor.nest(() => {
    const pattern = parseChoice(cursor);
    cursor.expect(')');
    return pattern;
  });
}

function parseTimes(cursor: Cursor): Times | undefined {
  if (cursor.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (cursor.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (cursor.take('?')) return { min: 0, max: 1 };
  const range = cursor.match(TIMES)?.slice(1, -1);
  if (range === undefined) return undefined;
  const [min = '', max] = range.split(',');
  // `{2}` is exactly two, `{2,}` two or more.
  const most = max === undefined ? min : max || Number.POSITIVE_INFINITY;
  if (Number(most) < Number(min)) cursor.fail('a repetition whose maximum is below its minimum');
  return { min: Number(min), max: Number(most) };
}
