import { describe, expect, test } from 'vitest';
import { find, kindOf } from './fixtures/query.ts';

describe('a name after a dot', () => {
  test.each([
    ['$.a', { a: 1 }, [1]],
    ['$._', { _: 1 }, [1]],
    ['$.a.b.c', { a: { b: { c: 1 } } }, [1]],
    ['$.tamaño', { tamaño: 1 }, [1]],
    ['$.サイズ', { サイズ: 1 }, [1]],
    ['$.a1_Z', { a1_Z: 1 }, [1]],
    ['$.\u0080\uffff', { '\u0080\uffff': 1 }, [1]],
    ['$.a', { b: 1 }, []],
    ['$.a', ['x'], []],
    ['$.length', ['x'], []],
    ['$.length', 'text', []],
    ['$.a.b', { a: 'text' }, []],
    ['$.a', { a: null }, [null]],
    ['$.a.b', { a: null }, []],
  ])('%s of %j is %j', (text, root, found) => {
    expect(find(text, root)).toEqual(found);
  });

  test.each([
    '$.1st',
    '$.a b',
    '$.&',
    '$.-a',
    '$.a.',
    '$.a😀',
    '$.😀',
    '$.\ud83d',
    '$.a\udc00',
    "$.'a'",
    '$."a"',
    '$.a:b',
    '$.identity.traits.1st',
    '$.identity.traits.first name',
  ])('%s is a syntax error', (text) => {
    expect(kindOf(text)).toBe('syntax-error');
  });

  test('may contain hyphens, also at its end: the dialect of Flagsmith’s parser', () => {
    expect(find('$.first-name', { 'first-name': 1 })).toEqual([1]);
    expect(find('$.a--.b-', { 'a--': { 'b-': 1 } })).toEqual([1]);
    expect(find('$[?@.a-b]', [{ 'a-b': 1 }, { a: 1 }])).toEqual([{ 'a-b': 1 }]);
  });
});

describe('a name in quotes', () => {
  test.each([
    ["$['a']", 'a'],
    ['$["a"]', 'a'],
    ["$['']", ''],
    ["$['1st']", '1st'],
    ["$['first name']", 'first name'],
    ["$['a.b']", 'a.b'],
    ["$['😀']", '😀'],
    ["$['[$the.size$]']", '[$the.size$]'],
    [`$["'"]`, "'"],
    [`$['"']`, '"'],
    [String.raw`$['\'']`, "'"],
    [String.raw`$["\""]`, '"'],
    [String.raw`$['\b\f\n\r\t\/\\']`, '\b\f\n\r\t/\\'],
    [String.raw`$["\u0041\u00e9\u00E9"]`, 'Aéé'],
    [String.raw`$["\u0000\u001f"]`, '\u0000\u001f'],
    [String.raw`$["\uD83D\uDE00"]`, '😀'],
    [String.raw`$["\ud83d\ude00"]`, '😀'],
    [String.raw`$["\\u0041"]`, '\\u0041'],
    ['$["\u007f\u2028"]', '\u007f\u2028'],
  ])('%s is the name %j', (text, name) => {
    expect(find(text, { [name]: 'found' })).toEqual(['found']);
  });

  test.each([
    "$['a",
    '$["a',
    `$['a"]`,
    String.raw`$['\"']`,
    String.raw`$["\'"]`,
    String.raw`$['\a']`,
    String.raw`$['\x41']`,
    String.raw`$['\U0041']`,
    String.raw`$['\u004']`,
    String.raw`$['\u00g1']`,
    String.raw`$['\u+041']`,
    String.raw`$['\']`,
    "$['\n']",
    "$['\u0000']",
    "$['\u001f']",
    "$['\ud83d']",
    "$['\ude00']",
    "$['\ude00\ud83d']",
    String.raw`$["\uD83D"]`,
    String.raw`$["\uDE00"]`,
    String.raw`$["\uD83D\uD83D"]`,
    String.raw`$["\uD83D\u0041"]`,
    String.raw`$["\uD83Dx"]`,
    String.raw`$["\uD83D\n"]`,
    '$["\\uD83D\ude00"]',
  ])('%j is a syntax error', (text) => {
    expect(kindOf(text)).toBe('syntax-error');
  });
});
