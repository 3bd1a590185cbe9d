import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portableClasses } from './dialect/portable-pattern.ts';
import { property } from './fixtures/build.ts';
import { match, UNSUPPORTED } from './fixtures/read.ts';

const SEED = Number(process.env.HALYARD_SEED ?? 20_261_126);
const test = (value: unknown, given: unknown, operator = 'regex') =>
  match(property('p', operator, value as never), given);

describe('patterns', () => {
  it.each([
    ['pro', 'a pro user', true],
    ['PRO', 'pro', false],
    ['^a.c$', 'abc', true],
    ['^a.c$', 'a\nc', false],
    ['', 'anything', true],
    ['', 'Привет', true],
    ['[0-9]{2,3}', 'a12', true],
    ['null', null, true],
    [12, 'x12', true],
    ['a*?b', 'aab', true],
    ['\\x61', 'a', true],
    ['pro', 'про', UNSUPPORTED],
    ['pro', 'pro\r', UNSUPPORTED],
  ])('%j matches %j: %s', (pattern, subject, expected) => {
    expect(test(pattern, subject)).toBe(expected);
    const opposite = typeof expected === 'boolean' ? !expected : expected;
    expect(test(pattern, subject, 'not_regex')).toBe(opposite);
  });

  it.each(['(', 'a**', '[z-a]', '\\', 'a)', '[a', 'a{2,1}', '+'])(
    '%j is no pattern: it neither matches nor does not',
    (pattern) => {
      expect(test(pattern, 'a')).toBe(false);
      expect(test(pattern, 'a', 'not_regex')).toBe(false);
    },
  );

  it.each([
    ...['É', '\\bpro', 'pro\\B', '(?i)a', '(?=a)', '(?<n>a)', '(a)\\1', '\\u0061', '\\p{L}'],
    ...['\\cA', '\\A', '\\z', '\\<', '\\x6', '\\-é', '[]', '[^]', '[[a]', '[a&&b]', '[a--b]'],
    ...['[a~~b]', '{2}', 'a|{2}', '({2})', 'a{4294967296}', 'a{,2}', 'a{', 'a*+', 'a++', 'a?+'],
    ...[
      'a{2}+',
      'a{1}{2}',
      'a+{2}',
      '^*',
      '$+',
      '^{2}',
      '()*',
      '(?:)+',
      '(())?',
      '[\\s-9]',
      '[\\B]',
    ],
  ])('%j may mean something else to PostHog', (pattern) => {
    expect(test(pattern, 'a')).toBe(UNSUPPORTED);
    expect(test(pattern, 'a', 'not_regex')).toBe(UNSUPPORTED);
  });

  it('match what the language’s own match, in 5,000 random cases', () => {
    const piece = fc.constantFrom(
      ...['a', 'b', '.', '^', '$', '|', '(', ')', '(?:', '[ab]', '[^a]', '\\d', '\\w', '*', '+'],
      ...['?', '*?', '{2}', '{1,}', '{0,2}', '\\.', '-', '[', ']', '\\'],
    );
    const pattern = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((pieces) => pieces.join(''));
    const subject = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '.', '\n', '-'),
      maxLength: 8,
    });
    let compared = 0;
    const same = fc.property(pattern, subject, (written, given) => {
      const classes = portableClasses(written);
      if (classes === undefined) return;
      let expected = false;
      try {
        expected = new RegExp(written).test(given);
        if (!classes.every((one) => new RegExp(one, 'u'))) return;
        compared++;
      } catch {
        expect(test(written, given, 'not_regex'), written).toBe(false);
      }
      expect(test(written, given), `${written} on ${JSON.stringify(given)}`).toBe(expected);
    });
    fc.assert(same, { seed: SEED, numRuns: 5_000 });
    expect(compared).toBeGreaterThan(1_000);
  });

  it('do not take for ever', () => {
    const subject = `${'a'.repeat(5_000)}!`;
    expect(test('^(a+)+$', subject)).toBe(false);
    expect(test('(a|a)*b', subject)).toBe(false);
  });
});
