import type { Cursor } from './cursor.ts';

/** What stands for itself between quotes: no control characters, no unpaired surrogates. */
const PLAIN = /[ !#-&(-[\]-\uD7FF\uE000-\u{10FFFF}]+/uy;
const HEX = /[0-9A-Fa-f]{4}/y;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['/', '/'],
  ['\\', '\\'],
]);

/**
 * Parses a string in single or double quotes (RFC 9535, section 2.3.1.1). Undefined when no quote comes
 * next.
 *
 * @throws SyntaxFault when the string is not closed or contains what it must not.
 */
export function parseString(cursor: Cursor): string | undefined {
  const quote = cursor.sees('"') ? '"' : "'";
  if (!cursor.take(quote)) return undefined;
  let value = '';
  while (!cursor.take(quote)) value += parsePart(cursor, quote);
  return value;
}

function parsePart(cursor: Cursor, quote: string): string {
  const plain = cursor.match(PLAIN);
  if (plain !== undefined) return plain;
  if (cursor.take('\\')) return parseEscape(cursor, quote);
  // Whatever quote comes here is the other one: it needs no escape, and allows none.
  if (cursor.sees('"') || cursor.sees("'")) return cursor.takeUnit();
  if (cursor.atEnd()) return cursor.fail(`expected ${quote}: the string is not closed`);
  return cursor.fail('a control character or an unpaired surrogate in a string; escape it');
}

function parseEscape(cursor: Cursor, quote: string): string {
  const position = cursor.position - 1;
  if (cursor.take(quote)) return quote;
  if (cursor.take('u')) return parseCodePoint(cursor, position);
  return ESCAPES.get(cursor.takeUnit()) ?? cursor.fail('an unknown escape in a string', position);
}

/** The digits after `\u`; with a high surrogate, those of the low one as well. */
function parseCodePoint(cursor: Cursor, position: number): string {
  const unit = parseUnit(cursor);
  if (!isSurrogate(unit)) return String.fromCharCode(unit);
  const isHigh = unit < 0xdc00;
  if (!isHigh || !cursor.take('\\u')) return cursor.fail('an unpaired surrogate escape', position);
  const low = parseUnit(cursor);
  if (!isSurrogate(low) || low < 0xdc00) cursor.fail('an unpaired surrogate escape', position);
  return String.fromCharCode(unit, low);
}

function parseUnit(cursor: Cursor): number {
  const digits = cursor.match(HEX) ?? cursor.fail('expected four hexadecimal digits');
  return Number.parseInt(digits, 16);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
