import { describe, expect, it } from 'vitest';
import { nativeReach } from './cost.ts';
import { parsePattern } from './parse.ts';

const reachOf = (pattern: string) =>
  nativeReach(parsePattern(pattern, { dialect: 'javascript' }).root);

describe('how long a subject the native engine may be given', () => {
  it.each(['^foo$', 'a|bc|d', '[a-z]{2,10}x?', '(?:\\d{1,3}\\.){3}\\d{1,3}', '(?=a)b'])(
    'is not limited if it need not try much at one place: %s',
    (pattern) => {
      expect(reachOf(pattern).anchored).toBe(Number.POSITIVE_INFINITY);
    },
  );

  it('falls with each quantifier without a limit', () => {
    const [one, two, three] = ['^a*b', '^a*a*b', '^a*a*a*b'].map((p) => reachOf(p).anchored);
    expect(one).toBeGreaterThan(100_000);
    expect(two).toBeLessThan(1000);
    expect(two).toBeGreaterThan(400);
    expect(three).toBeLessThan(100);
    expect(three).toBeGreaterThan(40);
  });

  it('falls when the match may begin anywhere', () => {
    expect(reachOf('a*b').search).toBeLessThan(1000);
    expect(reachOf('a*b').search).toBeGreaterThan(400);
    expect(reachOf('foo').search).toBeGreaterThan(300_000);
    expect(reachOf('^a*b').search).toBe(reachOf('^a*b').anchored);
    expect(reachOf('^a|b').search).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('falls when there is much to do at each place', () => {
    expect(reachOf(`^a*${'b'.repeat(1000)}`).anchored).toBeLessThan(1000);
    expect(reachOf('^a*(?=.*b)').anchored).toBeLessThan(1000);
    expect(reachOf('^(a*)\\1').anchored).toBeLessThan(1000);
  });

  it.each([
    '(a+)+',
    '(?:a|b)*',
    '(?:a?)+',
    '(?:a*b)*',
    '(?:a{1,2})*',
    '(?:a?){50}',
    '(?:a|b){0,40}',
  ])('is nothing if the ways to match multiply: %s', (pattern) => {
    expect(reachOf(pattern)).toEqual({ anchored: -1, search: -1 });
  });
});
