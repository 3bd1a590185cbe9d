import { describe, expect, it } from 'vitest';
import { type Folding, sameCharacter, variantsOf } from './case-folding.ts';

const LAST_CASED_PLANE = 0x1ffff;

/** What the native engine takes for the same as a character, among those of a text. */
function nativeVariants(character: string, text: string, flags: string): readonly number[] {
  const found = [...text.matchAll(new RegExp(character, flags))].map(([match]) => match);
  return found.filter((match) => match !== character).map((match) => match.codePointAt(0) ?? 0);
}

function textUpTo(last: number): string {
  const units = Array.from({ length: last + 1 }, (_, unit) => unit);
  // Halves of pairs would join with their neighbours, and marks of syntax are no patterns.
  const such = units.filter((unit) => unit < 0xd800 || unit > 0xdfff);
  return such.map((unit) => String.fromCodePoint(unit)).join('');
}

function disagreements(folding: Folding, last: number, flags: string): readonly string[] {
  const text = textUpTo(last);
  const cased = [...text].filter(
    (character) =>
      /[^!-/:-@[-`{-~]/.test(character) &&
      (character.toUpperCase() !== character || character.toLowerCase() !== character),
  );
  const candidates = cased.join('');
  return cased.filter((character) => {
    const ours = [...variantsOf(character.codePointAt(0) ?? 0, folding)];
    const native = nativeVariants(character, candidates, flags);
    return ours.sort((a, b) => a - b).join() !== [...native].sort((a, b) => a - b).join();
  });
}

describe('characters that count as the same', () => {
  it('are those of the native engine with flags iu', () => {
    expect(disagreements('simple', LAST_CASED_PLANE, 'giu')).toEqual([]);
  });

  it('are those of the native engine with flag i, in UTF-16 units', () => {
    expect(disagreements('upper', 0xffff, 'gi')).toEqual([]);
  });

  it('are none when case matters, or there is none', () => {
    expect(variantsOf(0x61, 'none')).toEqual([]);
    for (const folding of ['simple', 'upper'] as const) {
      for (const caseless of ['1', '_', '[', '漢', '😀', 'ı', 'İ']) {
        expect(variantsOf(caseless.codePointAt(0) ?? 0, folding)).toEqual([]);
      }
    }
  });

  it('are compared both ways', () => {
    expect(sameCharacter(0x6b, 0x212a, 'simple')).toBe(true);
    expect(sameCharacter(0x212a, 0x6b, 'simple')).toBe(true);
    expect(sameCharacter(0x6b, 0x212a, 'upper')).toBe(false);
    expect(sameCharacter(0x61, 0x41, 'none')).toBe(false);
  });
});
