import { describe, expect, it } from 'vitest';
import { agreedAnswers, complaint } from './fixtures/paths.ts';

const PYTHON = { dialect: 'python' } as const;
const ALL = [true, true, true];
const NONE = [false, false, false];

describe('flags of the python dialect', () => {
  it.each([
    ['(?i)aÉ😀', 'Aé😀', 'be'],
    ['(?i)[^a]', 'b', 'A'],
    ['(?i)(a)\\1', 'aA', 'ab'],
    ['(?i:a)b', 'Ab', 'AB'],
    ['(?i)a(?-i:b)', 'Ab', 'AB'],
    ['(?i:k-\\d)', 'K-1', 'K-'],
    ['(?i)\\w', '\u212a', '-'],
    ['(?i)^\\W$', '-', 's'],
    ['(?ai)k', 'K', '\u212a'],
    ['(?ia)[^k-m]', 'j', 'K'],
    ['(?i)(?a:k)', 'K', '\u212a'],
    ['(?s).', '\n', ''],
    ['(?s:.)a', '\na', '\n\n'],
    ['(?s)a(?-s:.)', 'ab', 'a\n'],
    ['(?m)a$\\n^b', 'a\nb', 'a\rb'],
    ['a(?m:$)\\n(?m:^)b', 'a\nb', 'ab'],
    ['(?a)\\s', ' ', '\u00a0'],
    ['(?a)(?u:\\s)', '\u00a0', 'a'],
    ['(?u)a', 'a', 'b'],
    ['(?x) a b # c\n [ ] \\ ', 'ab  ', 'abc'],
    ['(?x)a # 😀 *', 'a', '*'],
    ['(?x)a # hides the end: \\\nb\nc', 'ac', 'b'],
    ['(?x) (?i) a + # many', 'aA', 'b'],
    ['(?x: a b ) c', 'ab c', 'abc'],
    ['(?x) a (?-x: b)', 'a b', 'ab'],
    ['(?#first)(?i)(?s)a.', 'A\n', 'b'],
  ])('reads %s to match %j but not %j', (pattern, yes, no) => {
    expect(agreedAnswers(pattern, PYTHON, yes)).toEqual(ALL);
    expect(agreedAnswers(pattern, PYTHON, no)).toEqual(NONE);
  });

  it('may be given from outside', () => {
    const options = { ...PYTHON, ignoreCase: true };
    expect(agreedAnswers('ab', options, 'AB')).toEqual(ALL);
    expect(agreedAnswers('a(?-i:b)', options, 'AB')).toEqual(NONE);
  });

  it('lets only newlines end lines', () => {
    expect(agreedAnswers('(?m)^b', PYTHON, 'a\nb')).toEqual([false, true, false]);
    expect(agreedAnswers('(?m)^b', PYTHON, 'a\rb')).toEqual(NONE);
    expect(agreedAnswers('(?m)^b', PYTHON, 'a\u2028b')).toEqual(NONE);
    expect(agreedAnswers('(?m)a$', PYTHON, 'a\nb')).toEqual([true, true, false]);
  });

  it.each([
    ['a(?i)', 'flags for the whole pattern that are not at its beginning at position 5'],
    ['a|(?i)b', 'flags for the whole pattern that are not at its beginning at position 6'],
    ['((?i)a)', 'flags for the whole pattern that are not at its beginning at position 5'],
    [' (?x)a', 'flags for the whole pattern that are not at its beginning at position 5'],
    ['(?i', 'unknown flag, or a missing ":" behind flags at position 3'],
    ['(?iz)', 'unknown flag, or a missing ":" behind flags at position 3'],
    ['(?-i)', 'unknown flag, or a missing ":" behind flags at position 4'],
    ['(?i-:a)', 'missing flag behind "-" at position 4'],
    ['(?i-i:a)', 'a flag is turned on and off at position 2'],
    ['(?-a:a)', 'flags "a", "u" and "L" cannot be turned off at position 3'],
    ['(?L)a', 'flag "L" is for bytes, not for text at position 2'],
    ['(?au:a)', 'flags "a" and "u" are incompatible at position 4'],
    ['(?a)(?u)a', 'flags "a" and "u" are incompatible at position 8'],
  ])('says what is wrong with %s', (pattern, message) => {
    expect(complaint(pattern, PYTHON)).toBe(message);
  });
});
