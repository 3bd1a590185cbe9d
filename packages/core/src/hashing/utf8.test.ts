import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { utf8Bytes, utf8Length, writeUtf8 } from '../index.ts';

const encoder = new TextEncoder();

describe('utf8Bytes', () => {
  it('writes what TextEncoder writes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Bytes(text)).toEqual(encoder.encode(text));
        expect(utf8Length(text)).toBe(encoder.encode(text).length);
      }),
      sample(2_000),
    );
  });

  it('writes what TextEncoder writes for every UTF-16 unit, alone and between others', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = String.fromCharCode(unit, 0x61, unit, unit);
      const expected = encoder.encode(text);
      const actual = utf8Bytes(text);
      if (Buffer.compare(actual, expected) !== 0) expect([unit, ...actual]).toEqual([...expected]);
    }
  });

  it('replaces each lone surrogate by U+FFFD', () => {
    expect([...utf8Bytes('\ud83d')]).toEqual([0xef, 0xbf, 0xbd]);
    expect([...utf8Bytes('\ude00\ud83d')]).toEqual([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]);
    expect([...utf8Bytes('\ud83d\ud83d\ude00')]).toEqual([
      0xef, 0xbf, 0xbd, 0xf0, 0x9f, 0x98, 0x80,
    ]);
  });

  it('encodes a text of several megabytes', () => {
    const text = 'aé€😀\ud800'.repeat(300_000);
    expect(Buffer.compare(utf8Bytes(text), encoder.encode(text))).toBe(0);
  });

  it('gives every call an array of its own', () => {
    const first = utf8Bytes('visitor-1');
    utf8Bytes('visitor-2');
    expect(new TextDecoder().decode(first)).toBe('visitor-1');
  });
});

describe('writeUtf8', () => {
  it('writes at the offset, returns the end and leaves the other bytes alone', () => {
    const target = new Uint8Array(8).fill(7);
    expect(writeUtf8('é€', target, 2)).toBe(7);
    expect([...target]).toEqual([7, 7, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 7]);
  });

  it('refuses a text that does not fit', () => {
    expect(() => writeUtf8('€', new Uint8Array(4), 2)).toThrow(RangeError);
    expect(writeUtf8('€', new Uint8Array(4), 1)).toBe(4);
  });
});
