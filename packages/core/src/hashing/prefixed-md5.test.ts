import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { PrefixedMd5 } from '../index.ts';

const into = new Uint32Array(4);
const hexOf = (words: Uint32Array) =>
  [...words].map((word) => word.toString(16).padStart(8, '0')).join('');
const reference = (text: string) => createHash('md5').update(text).digest('hex');

describe('the digest of a prefix and a suffix', () => {
  it('is that of the joined text, for every pair of lengths that two blocks hold, and beyond', () => {
    for (let prefix = 0; prefix <= 90; prefix++) {
      const hash = new PrefixedMd5('p'.repeat(prefix));
      for (let suffix = 0; suffix <= 130; suffix += suffix < 70 ? 1 : 7) {
        const text = 'p'.repeat(prefix) + 's'.repeat(suffix);
        expect(hexOf(hash.digest('s'.repeat(suffix), into)), `${prefix} + ${suffix}`).toBe(
          reference(text),
        );
      }
    }
  });

  it('is that of the joined text, whatever characters there are', () => {
    fc.assert(
      fc.property(anyText, anyText, (prefix, suffix) => {
        fc.pre(!/[\ud800-\udbff]$/.test(prefix));
        expect(hexOf(new PrefixedMd5(prefix).digest(suffix, into))).toBe(
          reference(prefix + suffix),
        );
      }),
      sample(2_000),
    );
  });

  it('keeps nothing of one suffix in the digest of the next', () => {
    const hash = new PrefixedMd5('flag,env_');
    hash.digest('a visitor with a very long name, longer than a single block of md5', into);
    hash.digest('é', into);
    expect(hexOf(hash.digest('ann', into))).toBe(reference('flag,env_ann'));
  });
});
