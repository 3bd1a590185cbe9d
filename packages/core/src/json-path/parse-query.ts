import { Cursor } from './cursor.ts';
import { FilterParser } from './parse-filter.ts';
import { parseString } from './parse-string.ts';
import type { QueryNode, Segment, Selector, SliceSelector } from './query-tree.ts';

/**
 * A member name after a dot, as Flagsmith's parser has it: with hyphens, which RFC 9535 does not allow,
 * and without the characters outside the basic plane, which it does.
 */
const SHORTHAND = /[A-Za-z_\u0080-\uD7FF\uE000-\uFFFF][A-Za-z0-9_\u0080-\uD7FF\uE000-\uFFFF-]*/y;

/** No leading zeros and no minus zero. */
const INTEGER = /0|-?[1-9][0-9]*/y;

/**
 * Parses a query by the grammar of RFC 9535, appendix A.
 *
 * @throws SyntaxFault when the text is no query.
 * @throws ValidityFault when it is nested too deep.
 */
export function parseQuery(text: string): QueryNode {
  const cursor = new Cursor(text);
  cursor.expect('$');
  const segments = parseSegments(cursor);
  if (!cursor.atEnd()) cursor.fail('expected ".", "..", "[" or the end of the query');
  return { kind: 'query', origin: '$', segments };
}

function parseSegments(cursor: Cursor): Segment[] {
  const segments: Segment[] = [];
  for (;;) {
    const end = cursor.position;
    cursor.skipBlank();
    const segment = parseSegment(cursor);
    if (segment === undefined) {
      // Blank space belongs between segments; what follows the last one is not the query's.
      cursor.position = end;
      return segments;
    }
    segments.push(segment);
  }
}

function parseSegment(cursor: Cursor): Segment | undefined {
  if (cursor.take('..')) {
    const selectors = cursor.sees('[') ? parseBrackets(cursor) : [parseShorthand(cursor)];
    return { descendant: true, selectors };
  }
  if (cursor.take('.')) return { descendant: false, selectors: [parseShorthand(cursor)] };
  if (cursor.sees('[')) return { descendant: false, selectors: parseBrackets(cursor) };
  return undefined;
}

function parseShorthand(cursor: Cursor): Selector {
  if (cursor.take('*')) return { kind: 'wildcard' };
  const name = cursor.match(SHORTHAND) ?? cursor.fail('expected a member name or "*"');
  return { kind: 'name', name };
}

function parseBrackets(cursor: Cursor): Selector[] {
  const selectors: Selector[] = [];
  cursor.expect('[');
  do {
    cursor.skipBlank();
    selectors.push(parseSelector(cursor));
    cursor.skipBlank();
  } while (cursor.take(','));
  if (!cursor.take(']')) cursor.fail('expected "," or "]"');
  return selectors;
}

function parseSelector(cursor: Cursor): Selector {
  const name = parseString(cursor);
  if (name !== undefined) return { kind: 'name', name };
  if (cursor.take('*')) return { kind: 'wildcard' };
  if (cursor.take('?')) return parseFilter(cursor);
  const start = parseInteger(cursor);
  const slice = parseSlice(cursor, start);
  if (slice !== undefined) return slice;
  if (start !== undefined) return { kind: 'index', index: start };
  return cursor.fail('expected a quoted name, an index, a slice, "*" or "?"');
}

function parseFilter(cursor: Cursor): Selector {
  return cursor.nest(() => {
    cursor.skipBlank();
    return { kind: 'filter', test: new FilterParser(cursor, parseSegments).parse() };
  });
}

/** The rest of a slice after its start; undefined, and nothing taken, when no colon follows. */
function parseSlice(cursor: Cursor, start: number | undefined): SliceSelector | undefined {
  if (!takeColon(cursor)) return undefined;
  cursor.skipBlank();
  const end = parseInteger(cursor);
  if (!takeColon(cursor)) return { kind: 'slice', start, end, step: undefined };
  cursor.skipBlank();
  return { kind: 'slice', start, end, step: parseInteger(cursor) };
}

function takeColon(cursor: Cursor): boolean {
  const before = cursor.position;
  cursor.skipBlank();
  if (cursor.take(':')) return true;
  cursor.position = before;
  return false;
}

function parseInteger(cursor: Cursor): number | undefined {
  const digits = cursor.match(INTEGER);
  return digits === undefined ? undefined : Number(digits);
}
