import type { Cursor } from '../cursor.ts';
import type { CharacterTest } from './pattern.ts';

// The grammar of RFC 9485, section 4. With the `u` flag, the surrogates are the unpaired ones.
const CATEGORY = String.raw`\\[pP]\{(?:L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?|C[cfno]?)\}`;
const ESCAPE = String.raw`\\[()*+\-.?[\\\]^nrt{|}]`;
const IN_CLASS = String.raw`(?:[^\-[\\\]\uD800-\uDFFF]|${ESCAPE})`;
const CLASS_ITEM = `(?:${IN_CLASS}(?:-${IN_CLASS})?|${CATEGORY})`;

const PLAIN = /[^()*+.?[\\\]{|}\uD800-\uDFFF]/uy;
/**
 * A class, a category or an escape. A caret that comes first negates and never stands for itself.
 */
const SET = new RegExp(
  String.raw`\[(?!\^\])\^?(?:-|${CLASS_ITEM})${CLASS_ITEM}*-?\]|${CATEGORY}|${ESCAPE}`,
  'uy',
);

/**
 * Parses what matches exactly one character: the character itself, `.`, an escape, a category, or a
 * class in brackets.
 *
 * @throws SyntaxFault when no such thing comes next.
 */
export function parseCharacters(cursor: Cursor): CharacterTest {
  if (cursor.take('.')) return isNoLineEnd;
  const plain = cursor.match(PLAIN)?.codePointAt(0);
  if (plain !== undefined) return (codePoint) => codePoint === plain;
  return membership(cursor.match(SET) ?? cursor.fail('expected a character'), cursor);
}

function isNoLineEnd(codePoint: number): boolean {
  return codePoint !== 0x0a && codePoint !== 0x0d;
}

/** Within brackets, the language's own expressions write sets of characters as I-Regexps do. */
function membership(set: string, cursor: Cursor): CharacterTest {
  try {
    const member = new RegExp(set.startsWith('[') ? `^${set}$` : `^[${set}]$`, 'u');
    return (codePoint) => member.test(String.fromCodePoint(codePoint));
  } catch {
    return cursor.fail('a range that ends before it starts');
  }
}
