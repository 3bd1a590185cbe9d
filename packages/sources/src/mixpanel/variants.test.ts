import { describe, expect, it } from 'vitest';
import { flag, rollout, THREE, threeWay, variant, variants } from './fixtures/build.ts';
import { read, readAs } from './fixtures/read.ts';

describe('variants', () => {
  it('share in the order of their keys, by code points', () => {
    const unsorted = threeWay('checkout');
    const reversed = {
      ...unsorted,
      ruleset: { ...unsorted.ruleset, variants: variants(THREE).toReversed() },
    };
    for (const id of ['user-1', 'user-2', 'user-3', 'ユーザー']) {
      expect(readAs(reversed, id)).toBe(readAs(unsorted, id));
    }
    const first = (...keys: string[]) =>
      read(flag('f1', { variants: keys.map((key) => variant(key, 1)) }));
    expect(first('é', 'e', 'z')).toBe('e');
    expect(first('😀', '\ufffd')).toBe('\ufffd');
    expect(first('b', 'B', 'a')).toBe('B');
  });

  it('leave whoever is in no share to the last, even with none of its own', () => {
    const shares = { a: 0.33, b: 0.33, c: 0.33, d: 0 };
    const found = Array.from({ length: 1000 }, (_, i) =>
      readAs(flag('f1', { variants: variants(shares) }), `user-${i}`),
    );
    const last = found.filter((key) => key === 'd').length;
    expect([last > 0, last < 30]).toEqual([true, true]);
    expect(found.every((key) => key in shares)).toBe(true);
  });

  it('have no share where none is written', () => {
    const none = [{ key: 'a', value: 1 }, { key: 'b', value: 2, split: null }, variant('c', 0.5)];
    expect(read(flag('f1', { variants: none }))).toBe('c');
    expect(read(flag('f1', { variants: none.slice(0, 2) }))).toBe('b');
  });

  it('may have negative shares, which take from what comes before', () => {
    expect(read(flag('f1', { variants: variants({ a: -1, b: 2 }) }))).toBe('b');
  });

  it('have the shares of the rollout that takes the visitor, by exact keys', () => {
    const withSplits = (splits: Readonly<Record<string, number | null>>) =>
      read(
        flag('f1', {
          variants: variants({ a: 1, b: 0 }),
          rollout: [rollout({ variant_splits: splits as never })],
        }),
      );
    expect(withSplits({ a: 0, b: 1 })).toBe('b');
    expect(withSplits({ a: null as never })).toBe('b');
    expect(withSplits({ A: 0, B: 1 })).toBe('a');
    expect(withSplits({})).toBe('a');
    expect(withSplits(Object.create({ a: 0, b: 1 }))).toBe('a');
  });

  it('may be named after what every object has', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const without = flag('f1', {
        variants: variants({ zz: 1 }).concat(variant(key, 1)),
        rollout: [rollout({ variant_splits: { zz: 0 } })],
      });
      expect(read(without), key).toBe(key);
      const own = JSON.parse(`{"zz":0,"${key}":1}`);
      const only = flag('f1', {
        variants: variants({ zz: 1 }).concat(variant(key, 0)),
        rollout: [rollout({ variant_splits: own })],
      });
      expect(read(only), key).toBe(key);
    }
  });

  it('may be none, and then nobody is taken', () => {
    const empty = { variants: [], rollout: [rollout()], test: { users: { 'user-1': 'on' } } };
    expect(read(flag('f1', empty))).toBe('NO_ROLLOUT_MATCH');
    expect(read(flag('f1', { ...empty, variants: null }))).toBe('NO_ROLLOUT_MATCH');
  });
});
