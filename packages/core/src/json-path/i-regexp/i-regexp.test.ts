import { describe, expect, test } from 'vitest';
import { Evaluation } from '../evaluation.ts';
import type { Extent } from './run.ts';
import { RegexpTester } from './tester.ts';

function ask(pattern: string, subject: string, extent: Extent): boolean {
  return new RegexpTester().test({ subject, pattern, extent }, new Evaluation(undefined));
}
const matches = (pattern: string, subject: string) => ask(pattern, subject, 'whole');
const isIn = (pattern: string, subject: string) => ask(pattern, subject, 'part');

describe('a pattern that has to match the whole text', () => {
  test.each([
    ['', '', 'a'],
    ['abc', 'abc', 'abcd'],
    ['a|bc', 'bc', 'abc'],
    ['a|', '', 'b'],
    ['(a|b)c', 'bc', 'b'],
    ['()', '', '()'],
    ['ab*', 'abbb', 'abab'],
    ['ab+', 'abb', 'a'],
    ['ab?', 'a', 'abb'],
    ['(ab){2}', 'abab', 'ab'],
    ['a{0}', '', 'a'],
    ['a{2,}', 'aaaa', 'a'],
    ['a{1,3}', 'aaa', 'aaaa'],
    ['a{0,2}b', 'b', 'aaab'],
    ['(a?){3}b', 'aab', 'aaaab'],
    ['(a+)+', 'aaa', 'aab'],
    ['((a|b)*c|d)*', 'abcdc', 'abcda'],
    ['a.b', 'a😀b', 'a\nb'],
    ['.', '\u2028', '\r'],
    ['[abc]', 'b', 'd'],
    ['[a-c]', 'b', '-'],
    ['[^a-c]', 'd', 'b'],
    ['[-a]', '-', 'b'],
    ['[a-]', '-', 'b'],
    ['[a-c-]', '-', 'd'],
    ['[^-]', 'a', '-'],
    ['[.*+?(){}|$^]', '.', 'a'],
    ['[.*+?(){}|$^]', '^', 'b'],
    ['[\\]\\[\\\\\\-]', ']', '/'],
    ['[\\n\\r\\t]', '\t', 't'],
    ['[\\p{L}\\p{Nd}_]', 'é', '-'],
    ['[😀-😂]', '😁', '😃'],
    ['\\p{Lu}', 'Ж', 'ж'],
    ['\\P{Lu}', 'ж', 'Ж'],
    ['\\p{L}+', 'aÉж', 'a1'],
    ['\\p{Zs}', ' ', 'a'],
    ['\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}', '()*+-.?[\\]^{|}', '()'],
    ['\\n\\r\\t', '\n\r\t', 'nrt'],
    ['a\\.c', 'a.c', 'abc'],
    ['-/:,"~', '-/:,"~', '-'],
    ['^ab$', 'ab', '^ab$'],
    ['a^b|c$', 'c', 'a^b'],
  ])('%j matches %j and not %j', (pattern, matching, other) => {
    expect(matches(pattern, matching)).toBe(true);
    expect(matches(pattern, other)).toBe(false);
  });
});

describe('a pattern that is searched for', () => {
  test.each([
    ['b', 'abc', 'ac'],
    ['b+c', 'abbcd', 'abbd'],
    ['^b', 'bc', 'abc'],
    ['b$', 'ab', 'abc'],
    ['^$', '', 'a'],
    ['a|^b', 'xa', 'xb'],
    ['a.c', 'xxa😀cxx', 'xxa\ncxx'],
    ['aab', 'aaab', 'aaa'],
  ])('%j is in %j and not in %j', (pattern, holding, other) => {
    expect(isIn(pattern, holding)).toBe(true);
    expect(isIn(pattern, other)).toBe(false);
  });
});

describe('a pattern that is no I-Regexp', () => {
  test.each([
    '(',
    ')',
    '(a',
    'a)',
    '*',
    'a**',
    'a+?',
    '+a',
    '|*',
    'a{',
    'a{1',
    'a{,2}',
    'a{2,1}',
    '{1}',
    ']',
    '[',
    '[]',
    '[^]',
    '[a',
    '[b-a]',
    '[a-c-e]',
    '[--a]',
    '[a[b]',
    '[\\d]',
    '\\d',
    '\\w+',
    '\\b',
    '\\/',
    '\\1',
    '\\u0061',
    '\\',
    '\\p{Greek}',
    '\\p{Lx}',
    '\\p{Cs}',
    '\\pL',
    '(?:a)',
    '(?=a)',
    '(?<n>a)',
    'a}',
    '\ud83d',
    '[\ude00]',
  ])('%j matches nothing', (pattern) => {
    for (const subject of ['', 'a', 'aa', 'b', pattern]) {
      expect(matches(pattern, subject)).toBe(false);
      expect(isIn(pattern, subject)).toBe(false);
    }
  });
});

describe('the bounds', () => {
  test('a text of 10,000 characters is matched, a longer one is not', () => {
    expect(matches('a*', 'a'.repeat(10_000))).toBe(true);
    expect(matches('a*', 'a'.repeat(10_001))).toBe(false);
  });

  test('a pattern of 1,000 characters is used, a longer one is not', () => {
    const pattern = `[${'ab'.repeat(499)}]`;
    expect(matches(pattern, 'b')).toBe(true);
    expect(matches(`${pattern}*`, 'b')).toBe(false);
  });

  test('repetitions are written out up to a bound', () => {
    expect(matches('a{900}', 'a'.repeat(900))).toBe(true);
    for (const pattern of ['a{1000}', '(a{100}){100}', 'a{0,99999}', '(){999999999999}']) {
      expect(isIn(pattern, 'a'.repeat(10_000))).toBe(false);
    }
    expect(matches(`a{${'9'.repeat(400)}}`, 'a')).toBe(false);
  });

  test('parentheses may be nested 50 deep', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(matches(nested(50), 'a')).toBe(true);
    expect(matches(nested(51), 'a')).toBe(false);
  });

  test('patterns that make others backtrack are answered', () => {
    const text = 'a'.repeat(5_000);
    for (const pattern of ['(a+)+b', '(a|a)*b', '(a|aa)+b', 'a*a*a*a*a*a*b', '(a?){200}a{200}b']) {
      expect(isIn(pattern, text)).toBe(false);
      expect(isIn(pattern, `${text}b`)).toBe(true);
    }
  });
});
