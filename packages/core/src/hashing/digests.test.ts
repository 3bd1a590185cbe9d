import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { md5, md5Words, sha1, sha1Words } from '../index.ts';

const hexOf = (words: Uint32Array) =>
  [...words].map((word) => word.toString(16).padStart(8, '0')).join('');

describe.each([
  { name: 'md5', hash: md5, words: md5Words, count: 4 },
  { name: 'sha1', hash: sha1, words: sha1Words, count: 5 },
])('$name', ({ name, hash, words, count }) => {
  const reference = (data: string | Uint8Array) => createHash(name).update(data).digest('hex');

  it('digests every text as node:crypto does, as a text and as bytes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(hash(text)).toBe(reference(text));
        expect(hash(new TextEncoder().encode(text))).toBe(reference(text));
      }),
      sample(2_000),
    );
  });

  it('digests every length up to five blocks', () => {
    for (let length = 0; length <= 320; length++) {
      const text = 'x'.repeat(length);
      expect(hash(text), `${length} bytes`).toBe(reference(text));
    }
  });

  it('digests bytes of every value', () => {
    const data = Uint8Array.from({ length: 1024 }, (_, i) => (i * 167) & 255);
    expect(hash(data)).toBe(reference(data));
  });

  it.each(['ascii only ', 'mixed é€😀 ', `${'late '.repeat(30)}é`])(
    'digests megabytes of %j',
    (part) => {
      const text = part.repeat(Math.ceil(1_200_000 / part.length));
      expect(hash(text)).toBe(reference(text));
    },
  );

  it('gives its words with the leading bytes of the digest first', () => {
    const digest = words('flag.user-1');
    expect(digest).toHaveLength(count);
    expect(hexOf(digest)).toBe(reference('flag.user-1'));
  });

  it('writes its words into the array it is given', () => {
    const into = new Uint32Array(count);
    expect(words('user-1', into)).toBe(into);
    expect(hexOf(into)).toBe(reference('user-1'));
  });

  it('keeps nothing of one text in the digest of the next', () => {
    const first = words('visitor-1');
    hash('a text that needs more than a single block of sixty-four bytes to be digested: é');
    expect(hexOf(first)).toBe(reference('visitor-1'));
    expect(hash('visitor-1')).toBe(reference('visitor-1'));
  });
});

describe('words as numbers', () => {
  it('make the big-endian digest modulo 9999', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let rest = 0;
        for (const word of md5Words(text)) rest = (rest * (2 ** 32 % 9999) + word) % 9999;
        expect(rest).toBe(Number(BigInt(`0x${md5(text)}`) % 9999n));
      }),
      sample(300),
    );
  });

  it('make the leading 60 bits of a digest', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [first = 0, second = 0] = sha1Words(text);
        expect(first * 2 ** 28 + (second >>> 4)).toBe(Number.parseInt(sha1(text).slice(0, 15), 16));
      }),
      sample(300),
    );
  });
});
