import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from './code-point-order.ts';

describe('the order of texts by code points', () => {
  it.each([
    ['', '', 0],
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'ab', -1],
    ['Z', 'a', -1],
    ['\u{1f600}', '\ufffd', 1],
    ['\ue000', '\u{10000}', -1],
    ['x\u{1f600}', 'x\u{1f601}', -1],
    ['\u00e9', 'e\u0301', 1],
  ])('of %j and %j is %i', (a, b, sign) => {
    expect(Math.sign(compareCodePoints(a, b))).toBe(sign);
  });

  it('is that of their code points as lists', () => {
    const points = (text: string) => Array.from(text, (char) => char.codePointAt(0) ?? 0);
    const inOrder = (a: readonly number[], b: readonly number[]) => {
      const at = a.findIndex((point, i) => point !== b[i]);
      if (at < 0) return Math.sign(a.length - b.length);
      return Math.sign((a[at] ?? 0) - (b[at] ?? -1));
    };
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(inOrder(points(a), points(b)));
      }),
      { seed: 20_261_125, numRuns: 2_000 },
    );
  });
});
