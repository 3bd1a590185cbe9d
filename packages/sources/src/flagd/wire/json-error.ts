/** Where JSON stops being JSON, as `line 3, column 10`. */
export function placeOfJsonError(text: string): string {
  const offset = jsonErrorOffset(text);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return `line ${line}, column ${column}`;
}

const SPACE = /[ \t\r\n]*/y;
// The classes spell out "any character from the space on, except quote and backslash" (RFC 8259, 7).
const SCALAR =
  /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where JSON stops being JSON. Node's own messages name a position only for some errors and in
 * formats that differ between its versions, so the document is scanned once more.
 */
function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let at = 0;
  // `first` and `firstKey` also allow the bracket that closes an empty array or object.
  let expected: 'value' | 'first' | 'key' | 'firstKey' | 'next' = 'value';
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    skip(SPACE);
    const char = text[at];
    const container = open.at(-1);
    if (char === undefined || (expected === 'next' && container === undefined)) return at;
    const closes = char === (container === '{' ? '}' : ']');
    if (closes && (expected === 'next' || expected === 'first' || expected === 'firstKey')) {
      open.pop();
      at++;
      expected = 'next';
    } else if (expected === 'next') {
      if (char !== ',') return at;
      at++;
      expected = container === '{' ? 'key' : 'value';
    } else if (expected === 'key' || expected === 'firstKey') {
      if (char !== '"' || !skip(SCALAR)) return at;
      skip(SPACE);
      if (text[at] !== ':') return at;
      at++;
      expected = 'value';
    } else if (char === '{' || char === '[') {
      open.push(char);
      at++;
      expected = char === '{' ? 'firstKey' : 'first';
    } else {
      if (!skip(SCALAR)) return at;
      expected = 'next';
    }
  }
}
