import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, sample } from '../fixtures/texts.ts';
import { PrefixedSha1 } from '../index.ts';

/** The language's own reading of 15 hexadecimal digits, which rounds to the nearest double. */
const reference = (text: string) =>
  Number.parseInt(createHash('sha1').update(text).digest('hex').slice(0, 15), 16) / 2 ** 60;

describe('the fraction of a prefix, a text and an ending', () => {
  it.each(['', 'e', 'variant'])(
    'is that of the joined text, for every pair of lengths that two blocks hold, and beyond, before %j',
    (ending) => {
      for (let prefix = 0; prefix <= 90; prefix++) {
        const hash = new PrefixedSha1('p'.repeat(prefix), ending);
        for (let length = 0; length <= 130; length += length < 70 ? 1 : 7) {
          const text = 't'.repeat(length);
          const expected = reference('p'.repeat(prefix) + text + ending);
          if (hash.fraction(text) === expected) continue;
          expect.fail(`${prefix} + ${length}: ${hash.fraction(text)} and not ${expected}`);
        }
      }
    },
  );

  it('is that of the joined text, whatever characters there are', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (prefix, text, ending) => {
        const joined = prefix + text + ending;
        expect(new PrefixedSha1(prefix, ending).fraction(text)).toBe(reference(joined));
      }),
      sample(2_000),
    );
  });

  it('is the same to the last bit for 20,000 ids', () => {
    const hash = new PrefixedSha1('simple-flag.');
    for (let i = 0; i < 20_000; i++) {
      const id = `distinct_id_${i}`;
      if (hash.fraction(id) !== reference(`simple-flag.${id}`)) expect.fail(id);
    }
  });

  it('keeps nothing of one text in the fraction of the next', () => {
    const hash = new PrefixedSha1('flag.', 'variant');
    hash.fraction(
      'a visitor with a very long name, longer than a single block of sha1 has room for',
    );
    hash.fraction('é');
    expect(hash.fraction('ann')).toBe(reference('flag.annvariant'));
  });
});
