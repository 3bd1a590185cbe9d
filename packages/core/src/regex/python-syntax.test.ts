import { describe, expect, it } from 'vitest';
import { agreedAnswers, complaint } from './fixtures/paths.ts';

const PYTHON = { dialect: 'python' } as const;
const ALL = [true, true, true];
const NONE = [false, false, false];

/** Pattern, a subject that it matches as a whole, and one in which it matches nothing. */
const SYNTAX: readonly [pattern: string, matching: string, other: string][] = [
  ['colou?r', 'color', 'colouur'],
  ['a{,2}b{2,}c{0,}', 'aabb', 'aab'],
  ['a{', 'a{', 'a'],
  ['a{}', 'a{}', 'a'],
  ['a{1,x}', 'a{1,x}', 'a'],
  ['a{,}b', 'aaab', 'a'],
  ['}]', '}]', '}'],
  ['a++b', 'aab', 'aa'],
  ['a*+[ab]c', 'aabc', 'aac'],
  ['a?+ab', 'aab', 'bb'],
  ['(?>a|ab)c', 'ac', 'bc'],
  ['(?P<x>.)-(?P=x)', 'a-a', 'a-b'],
  ['(a)(b)\\2\\1', 'abba', 'abab'],
  ['(a)?b(?!\\1).', 'ba', 'b'],
  ['a(?#a comment)b', 'ab', 'a'],
  ['a(?#not the end: \\))b', 'ab', 'a)b'],
  ['a(?=b)b', 'ab', 'ac'],
  ['(?<=a)b|ab', 'ab', 'bb'],
  ['.(?<!ab|cd)x', 'ax', 'bb'],
  ['a(?<=(?:b*){0}a)', 'a', 'b'],
  ['\\Aa\\Z', 'a', 'a\n'],
  ['[]a]+', ']a', 'b'],
  ['[^]a]', 'b', 'a'],
  ['[[:alpha:]]', 'a]', 'a'],
  ['[a\\]\\b-]+', 'a]\b-', 'b'],
  ['\\x41\\u0042\\U00000043\\104\\07\\0\\a', 'ABCD\x07\0\x07', 'ABCD'],
  ['[\\1\\60]+', '\x010', '1'],
  ['\\.\\-\\ \\é\\_', '.- é_', 'é'],
  ['.', '😀', '\n'],
  ['[😀-😂]{2}', '😁😂', '😁\ud83d'],
  ['(?:^)*a', 'a', 'b'],
];

describe('the python dialect', () => {
  it.each(SYNTAX)('matches %s with %j but not with %j', (pattern, yes, no) => {
    expect(agreedAnswers(pattern, PYTHON, yes)).toEqual(ALL);
    expect(agreedAnswers(pattern, PYTHON, no)).toEqual(NONE);
  });

  it('is anchored at the beginning only, unless the whole has to match', () => {
    expect(agreedAnswers('b', PYTHON, 'bc')).toEqual([true, true, false]);
    expect(agreedAnswers('b', PYTHON, 'ab')).toEqual([false, true, false]);
    expect(agreedAnswers('a|ab', PYTHON, 'ab')).toEqual(ALL);
  });

  it('takes a dollar sign for the end, and for the place before one final newline', () => {
    expect(agreedAnswers('a$', PYTHON, 'a')).toEqual(ALL);
    expect(agreedAnswers('a$', PYTHON, 'a\n')).toEqual([true, true, false]);
    expect(agreedAnswers('a$', PYTHON, 'a\n\n')).toEqual(NONE);
    expect(agreedAnswers('a$', PYTHON, 'a\r')).toEqual(NONE);
  });

  it('never commits to less than the first way of an atomic part', () => {
    expect(agreedAnswers('(?>a|ab)c', PYTHON, 'abc')).toEqual(NONE);
    expect(agreedAnswers('(?>(?:|a)*)b', PYTHON, 'ab')).toEqual([false, true, false]);
    expect(agreedAnswers('a++a', PYTHON, 'aaa')).toEqual(NONE);
  });

  it('fails at a reference to a group that did not take part', () => {
    expect(agreedAnswers('(a)?\\1b', PYTHON, 'b')).toEqual(NONE);
  });

  it('keeps what a group captured in an earlier round of a repeat', () => {
    expect(agreedAnswers('(?:(a)|b)*\\1c', PYTHON, 'abac')).toEqual(ALL);
    expect(agreedAnswers('(?:(a)|b)*\\1c', PYTHON, 'abc')).toEqual(NONE);
  });

  it('keeps what a round of a repeat captured, though it matched nothing', () => {
    expect(agreedAnswers('^(?:(?=(a)))*\\1b', PYTHON, 'ab')).toEqual(ALL);
  });

  it('finds no border, and no absence of one, in the empty text', () => {
    expect(agreedAnswers('\\B', PYTHON, '')).toEqual(NONE);
    expect(agreedAnswers('\\b', PYTHON, '')).toEqual(NONE);
    expect(agreedAnswers('\\B', PYTHON, '-')).toEqual([true, true, false]);
  });

  it('knows ASCII digits and word characters, and spaces as ECMAScript has them', () => {
    expect(agreedAnswers('\\w|\\d', PYTHON, 'é')).toEqual(NONE);
    expect(agreedAnswers('\\d', PYTHON, '٣')).toEqual(NONE);
    expect(agreedAnswers('\\s+', PYTHON, ' \t\u00a0\u3000\ufeff')).toEqual(ALL);
    expect(agreedAnswers('[^\\W\\d]+', PYTHON, 'aZ_')).toEqual(ALL);
  });

  it.each([
    ['(a', 'missing ")" for the group at position 0'],
    ['a)', 'unmatched ")" at position 1'],
    ['(?#a', 'missing ")" for a comment at position 0'],
    ['(?x)a#\\', 'nothing after "\\" at position 7'],
    ['[]', 'missing "]" for the class at position 0'],
    ['[b-a]', 'bad range in the class at position 1'],
    ['[a-\\d]', 'bad range in the class at position 1'],
    ['*a', 'nothing to repeat at position 0'],
    ['^*', 'nothing to repeat at position 1'],
    ['a**', 'a quantifier on a quantifier at position 2'],
    ['a*+*', 'a quantifier on a quantifier at position 3'],
    ['a{2}{3}', 'a quantifier on a quantifier at position 4'],
    ['a{2,1}', 'the numbers of a count are out of order at position 1'],
    ['\\q', 'unknown escape \\q at position 0'],
    ['[\\8]', 'unknown escape \\8 at position 1'],
    ['\\x4', 'incomplete escape at position 0'],
    ['\\U00110000', 'incomplete escape at position 0'],
    ['\\400', 'an octal escape beyond \\377 at position 0'],
    ['a\\', 'nothing after "\\" at position 1'],
    ['\\1(a)', 'no group 1 before at position 2'],
    ['(a\\1)', 'a reference within its own group 1 at position 4'],
    ['(?P=n)', 'no group named "n" before at position 5'],
    ['(?P<1>a)', 'bad name for a group at position 4'],
    ['(?P<n>a)(?P<n>b)', 'two groups named "n" at position 14'],
    ['(?<n>a)', 'unknown kind of group at position 2'],
    ['(?<=a+)b', 'a lookbehind of no fixed width at position 4'],
    ['(?<=a|bc)d', 'a lookbehind of no fixed width at position 4'],
    ['(?<=(a)\\1)', 'a reference to group 1 within the same lookbehind at position 9'],
    ['(a)?(?(1)b|c)', 'conditional groups are not supported at position 6'],
    ['\\N{DIGIT ONE}', 'named characters (\\N{…}) are not supported at position 0'],
  ])('says what is wrong with %s', (pattern, message) => {
    expect(complaint(pattern, PYTHON)).toBe(message);
  });
});
