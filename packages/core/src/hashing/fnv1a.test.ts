import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { fnv1a64, fnv1a64Hex, RunningFnv1a64 } from '../index.ts';

function reference(data: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of data) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

describe('fnv1a64', () => {
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['b', 'af63df4c8601f1a5'],
    ['fo', '08985907b541d342'],
    ['foo', 'dcb27518fed9d577'],
    ['foob', 'dd120e790c2512af'],
    ['fooba', 'cac165afa2fef40a'],
    ['foobar', '85944171f73967e8'],
    ['chongo was here!\n', '46810940eff5f915'],
  ])('hashes %j as published', (text, expected) => {
    expect(fnv1a64Hex(fnv1a64(text))).toBe(expected);
  });

  it('gives unsigned halves', () => {
    expect(fnv1a64('')).toEqual({ high: 0xcbf29ce4, low: 0x84222325 });
  });

  it('hashes every text like its UTF-8 bytes and like exact integer arithmetic', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const data = new TextEncoder().encode(text);
        expect(fnv1a64Hex(fnv1a64(text))).toBe(reference(data));
        expect(fnv1a64(data)).toEqual(fnv1a64(text));
      }),
      sample(1_000),
    );
  });

  it('goes on from the hash of what came before', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        // A pair split at the border is two lone surrogates on either side, and one character joined.
        fc.pre(!/[\ud800-\udbff]$/.test(before) || !/^[\udc00-\udfff]/.test(after));
        expect(fnv1a64(after, fnv1a64(before))).toEqual(fnv1a64(before + after));
      }),
      sample(500),
    );
  });

  it('leaves the hash it goes on from as it was', () => {
    const before = Object.freeze(fnv1a64('visitor-1'));
    const once = fnv1a64('flag', before);
    expect(fnv1a64('flag', before)).toEqual(once);
  });

  it.each(['ascii only ', 'mixed é€😀 '])('hashes megabytes of %j', (part) => {
    const text = part.repeat(120_000);
    expect(fnv1a64Hex(fnv1a64(text))).toBe(reference(new TextEncoder().encode(text)));
  });
});

describe('RunningFnv1a64', () => {
  it('is at the hash of all that was added', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        fc.pre(!/[\ud800-\udbff]$/.test(before) || !/^[\udc00-\udfff]/.test(after));
        const hash = new RunningFnv1a64().add(before).add(new TextEncoder().encode(after));
        expect(fnv1a64Hex(hash)).toBe(fnv1a64Hex(fnv1a64(before + after)));
      }),
      sample(500),
    );
  });

  it('goes on from where another one is, which stays there', () => {
    const visitor = new RunningFnv1a64().add('visitor-1');
    const scratch = new RunningFnv1a64().add('anything');
    for (const salt of ['flag', 'ユーザー', '']) {
      const hash = fnv1a64Hex(scratch.goOnFrom(visitor).add(salt));
      expect(hash).toBe(fnv1a64Hex(fnv1a64(`visitor-1${salt}`)));
    }
  });

  it('begins from any hash', () => {
    const hash = new RunningFnv1a64(fnv1a64('visitor-1')).add('flag');
    expect(fnv1a64Hex(hash)).toBe(fnv1a64Hex(fnv1a64('visitor-1flag')));
  });

  it('gives the remainder of the unsigned hash by a hundred', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = BigInt(`0x${reference(new TextEncoder().encode(text))}`) % 100n;
        expect(new RunningFnv1a64().add(text).modulo100).toBe(Number(expected));
      }),
      sample(1_000),
    );
  });
});
