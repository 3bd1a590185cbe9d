import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listing, numbersIn, schemaOfListing } from '../fixtures/random-schema.ts';
import { codeKey, encodeCode, openCode, unpack } from './code.ts';
import { schemaOf } from './schema.ts';

const SECRET = 'a secret of thirty-two characters';

/** A random page and one of its codes. */
const page = listing.chain((flags) => {
  const schema = schemaOfListing(flags);
  const keys = [...flags.keys()];
  const key = codeKey(SECRET, keys);
  return numbersIn(schema).map((numbers) => {
    return { flags, schema, keys, key, numbers, code: encodeCode(key, schema, numbers) };
  });
});

const small = schemaOf('table', ['a', 'b'], () => [{ value: 1 }, { value: 2 }]);
const smallKey = codeKey(SECRET, ['a', 'b']);
const smallCode = encodeCode(smallKey, small, [1, 2]);

describe('a code', () => {
  it('gives back the very combination that it was made of', () => {
    fc.assert(
      fc.property(page, ({ schema, key, numbers, code }) => {
        const opened = openCode(key, code);
        expect(opened?.fingerprint.equals(schema.fingerprint)).toBe(true);
        expect(opened && unpack(schema, opened.packed)).toEqual(numbers);
      }),
    );
  });

  it('is another one for every combination', () => {
    const codes = [0, 1, 2].flatMap((a) =>
      [0, 1, 2].map((b) => encodeCode(smallKey, small, [a, b])),
    );
    expect(new Set(codes).size).toBe(9);
  });

  it('is the same wherever and whenever it is made, and whatever the order of the keys', () => {
    fc.assert(
      fc.property(page, ({ flags, keys, numbers, code }) => {
        const reversed = keys.toReversed();
        const schema = schemaOfListing(new Map(reversed.map((name) => [name, flags.get(name)])));
        expect(encodeCode(codeKey(SECRET, reversed), schema, numbers)).toBe(code);
      }),
    );
  });

  it('is short, and needs no escaping in an address', () => {
    expect(smallCode).toMatch(/^[\w-]{23}$/);
    const many = Array.from({ length: 20 }, (_, i) => `flag-${i}`);
    const schema = schemaOf('table', many, () => [{ value: 1 }, { value: 2 }, { value: 3 }]);
    const code = encodeCode(
      codeKey(SECRET, many),
      schema,
      many.fill('').map(() => 3),
    );
    expect(code).toMatch(/^[\w-]{28}$/);
  });

  it('says no more of a secret value than that it is one of several', () => {
    const schema = schemaOf('table', ['a'], () => [{ value: 'top secret' }, { value: 'other' }]);
    const code = encodeCode(codeKey(SECRET, ['a']), schema, [1]);
    expect(Buffer.from(code, 'base64url').length).toBe(17);
  });
});

describe('whatever is not a code of this page', () => {
  it('is refused: a code with any one bit changed', () => {
    fc.assert(
      fc.property(page, fc.nat(), ({ key, code }, position) => {
        const bytes = Buffer.from(code, 'base64url');
        const bit = position % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openCode(key, bytes.toString('base64url'))).toBeUndefined();
      }),
    );
  });

  it('is refused: a code with any one character changed, left out or added', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/.% ';
    for (let i = 0; i <= smallCode.length; i++) {
      const [before, after] = [smallCode.slice(0, i), smallCode.slice(i)];
      for (const character of alphabet) {
        expect(openCode(smallKey, before + character + after)).toBeUndefined();
        const changed = before + character + after.slice(1);
        if (changed !== smallCode) expect(openCode(smallKey, changed)).toBeUndefined();
      }
      if (i < smallCode.length) {
        expect(openCode(smallKey, before + after.slice(1))).toBeUndefined();
      }
    }
  });

  it('is refused: any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(openCode(smallKey, text)).toBeUndefined();
      }),
    );
    for (const odd of ['', '.', '__proto__', 'x'.repeat(100_000), undefined, 7, ['a']]) {
      expect(openCode(smallKey, odd as string)).toBeUndefined();
    }
  });

  it('is refused: a code that was signed with another secret', () => {
    fc.assert(
      fc.property(page, ({ keys, code }) => {
        expect(openCode(codeKey(`${SECRET}!`, keys), code)).toBeUndefined();
      }),
    );
  });

  it('is refused: a code of other flags, even where one list of keys reads like the other', () => {
    fc.assert(
      fc.property(page, ({ keys, code }) => {
        expect(openCode(codeKey(SECRET, [...keys, 'one more']), code)).toBeUndefined();
        expect(openCode(codeKey(SECRET, keys.slice(1)), code)).toBeUndefined();
      }),
    );
    expect(openCode(codeKey(SECRET, ['a,b']), smallCode)).toBeUndefined();
  });

  it('is refused: the numbers of one code with the signature of another', () => {
    const other = encodeCode(smallKey, small, [0, 2]);
    expect(openCode(smallKey, smallCode.slice(0, 21) + other.slice(21))).toBeUndefined();
  });
});

describe('numbers that a schema does not have', () => {
  it('are refused, although they are signed', () => {
    const large = schemaOf('table', ['a', 'b'], () =>
      Array.from({ length: 15 }, (_, value) => ({ value })),
    );
    const opened = openCode(smallKey, encodeCode(smallKey, large, [15, 15]));
    expect(opened && unpack(small, opened.packed)).toBeUndefined();
    expect(opened && unpack(large, opened.packed)).toEqual([15, 15]);
    const longer = schemaOf('table', ['a', 'b'], () =>
      Array.from({ length: 99 }, (_, value) => ({ value })),
    );
    const long = openCode(smallKey, encodeCode(smallKey, longer, [0, 0]));
    expect(long && unpack(small, long.packed)).toBeUndefined();
  });
});
