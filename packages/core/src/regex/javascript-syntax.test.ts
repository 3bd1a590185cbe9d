import { describe, expect, it } from 'vitest';
import { agreedAnswers, complaint } from './fixtures/paths.ts';

const JAVASCRIPT = { dialect: 'javascript' } as const;

/** Pattern, a subject that it matches as a whole, and one in which it matches nothing. */
const SYNTAX: readonly [pattern: string, matching: string, other: string][] = [
  ['colou?r', 'color', 'colouur'],
  ['a{2,3}', 'aaa', 'a'],
  ['a{2}b{1,}', 'aabbb', 'aa'],
  ['x+?y*?z??', 'xxy', 'y'],
  ['cat|dog', 'dog', 'cow'],
  ['(?:ab)+c', 'ababc', 'ab'],
  ['^a.c$', 'abc', 'a\nc'],
  ['[a-cx]+', 'abcx', 'd'],
  ['[^a-c]', 'd', 'a'],
  ['[^]', '\n', ''],
  ['a[]|b', 'b', 'a'],
  ['\\d\\D\\w\\W\\s\\S', '1aa- b', '11'],
  ['[\\d-z]+', '1-z', 'a'],
  ['[+--]', ',', '/'],
  ['a\\b.\\B-', 'a--', 'ab-'],
  ['(a)(b)\\2\\1', 'abba', 'abab'],
  ['(?<first>.)\\k<first>', 'aa', 'ab'],
  ['\\k<a>(?<a>x)', 'x', 'y'],
  ['(a\\1)', 'a', 'b'],
  ['(?:(a)|b)*\\1c', 'abc', 'aba'],
  ['a(?=b)b', 'ab', 'ac'],
  ['a(?!b).', 'ac', 'ab'],
  ['.(?<=a)b', 'ab', 'bb'],
  ['.(?<!a+)b', 'bb', 'ab'],
  ['..(?<=\\1(a))', 'aa', 'ba'],
  ['(?=a)*a', 'a', 'b'],
  ['\\x41\\u0042\\103\\cJ\\t', 'ABC\n\t', 'ABC'],
  ['\\0\\/\\.\\-', '\0/.-', '0/.-'],
];

/** Where ECMAScript is lenient (Annex B). */
const LENIENT: typeof SYNTAX = [
  ['a{', 'a{', 'a'],
  ['a{,2}', 'a{,2}', 'aa'],
  ['}]', '}]', '}'],
  ['\\q\\8\\k\\p', 'q8kp', '\\q'],
  ['\\u{2}', 'uu', '\u0002'],
  ['\\xg\\ug', 'xgug', 'g'],
  ['\\c', '\\c', 'c'],
  ['[\\c]+', '\\c', 'x'],
  ['[\\c1]', '\x11', '1'],
  ['[\\b\\B]+', '\bB', 'b'],
  ['\\2(a)', '\x02a', 'a'],
  ['[\\w-~]+', 'a-~', '!'],
];

describe('the javascript dialect', () => {
  it.each([...SYNTAX, ...LENIENT])('matches %s with %j but not with %j', (pattern, yes, no) => {
    expect(agreedAnswers(pattern, JAVASCRIPT, yes)).toEqual([true, true, true]);
    expect(agreedAnswers(pattern, JAVASCRIPT, no)).toEqual([false, false, false]);
  });

  it('takes back a round of a repeat that matched nothing, with what it captured', () => {
    expect(agreedAnswers('^(?:(?=(a)))*\\1b', JAVASCRIPT, 'ab')).toEqual([false, false, false]);
  });

  it('counts UTF-16 units', () => {
    expect(agreedAnswers('^..$', JAVASCRIPT, '😀')).toEqual([true, true, true]);
    expect(agreedAnswers('[😀]', JAVASCRIPT, '\ud83d')).toEqual([true, true, true]);
  });

  it('ignores case by the upper case of single units', () => {
    const ignoreCase = { ...JAVASCRIPT, ignoreCase: true };
    expect(agreedAnswers('straße[à-ý]+', ignoreCase, 'STRAßEÀÝ')).toEqual([true, true, true]);
    expect(agreedAnswers('(σ)\\1', ignoreCase, 'Σς')).toEqual([true, true, true]);
    for (const other of ['ſ', 'SS']) {
      expect(agreedAnswers('^s$', ignoreCase, other)).toEqual([false, false, false]);
    }
    expect(agreedAnswers('^[^\\W]$', ignoreCase, '\u212a')).toEqual([false, false, false]);
  });

  it.each([
    ['(a', 'missing ")" for the group at position 0'],
    ['a)', 'unmatched ")" at position 1'],
    ['a(?b)', 'unknown kind of group at position 2'],
    ['[ab', 'missing "]" for the class at position 0'],
    ['a[c-a]', 'a range of the class is out of order at position 2'],
    ['*a', 'nothing to repeat at position 0'],
    ['a**', 'nothing to repeat at position 2'],
    ['a*+', 'nothing to repeat at position 2'],
    ['a{1}{2}', 'nothing to repeat at position 4'],
    ['^*', 'nothing to repeat at position 1'],
    ['(?<=a)*', 'nothing to repeat at position 6'],
    ['a{2,1}', 'the numbers of a count are out of order at position 1'],
    ['a\\', 'nothing after "\\" at position 2'],
    ['(?<1>a)', 'bad name for a group at position 1'],
    ['(?<n>a)(?<n>b)', 'two groups named "n" at position 8'],
    ['(?<n>a)\\k<m>', '"\\k" names no group at position 8'],
  ])('says what is wrong with %s', (pattern, message) => {
    expect(() => new RegExp(pattern)).toThrow(SyntaxError);
    expect(complaint(pattern, JAVASCRIPT)).toBe(message);
  });

  it('has no modifiers, on no version of the engine', () => {
    expect(complaint('(?i:a)', JAVASCRIPT)).toBe('unknown kind of group at position 1');
  });
});
