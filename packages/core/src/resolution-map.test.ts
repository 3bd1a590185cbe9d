import { describe, expect, it } from 'vitest';
import type { Resolution } from './index.ts';
import { ResolutionMap } from './resolution-map.ts';

const on: Resolution = { value: true, reason: 'STATIC' };
const red: Resolution = { value: 'red', reason: 'SPLIT' };
const flags = () =>
  new ResolutionMap(
    ['on', 'left-out', '__proto__', '7', 'none'],
    [on, undefined, red, on, undefined],
  );

const PRESENT: [string, Resolution][] = [
  ['on', on],
  ['__proto__', red],
  ['7', on],
];

describe('a bulk result', () => {
  it('is iterated in the order of the flags, without those left out', () => {
    expect([...flags()]).toEqual(PRESENT);
    expect([...flags().entries()]).toEqual(PRESENT);
    expect([...flags().keys()]).toEqual(['on', '__proto__', '7']);
    expect([...flags().values()]).toEqual([on, red, on]);
    expect(flags().size).toBe(3);
  });

  it('can be iterated several times, and while it is iterated', () => {
    const map = flags();
    const pairs = [...map.keys()].flatMap((a) => [...map.keys()].map((b) => `${a} ${b}`));
    expect(pairs).toHaveLength(9);
    expect([...map]).toEqual(PRESENT);
  });

  it.each(PRESENT)('finds %s', (key, resolution) => {
    expect(flags().get(key)).toBe(resolution);
    expect(flags().has(key)).toBe(true);
  });

  it.each(['left-out', 'none', 'unknown', 'constructor', 'toString', ''])('has no %j', (key) => {
    expect(flags().get(key)).toBeUndefined();
    expect(flags().has(key)).toBe(false);
  });

  it('visits like a Map', () => {
    const map = flags();
    const receiver = {};
    const visits: unknown[] = [];
    map.forEach(function visit(this: unknown, ...given) {
      visits.push([this, ...given]);
    }, receiver);
    expect(visits).toEqual(PRESENT.map(([key, resolution]) => [receiver, resolution, key, map]));
  });

  it('can be copied into a Map', () => {
    expect(new Map(flags())).toEqual(new Map(PRESENT));
  });

  it('is empty without flags', () => {
    const empty = new ResolutionMap([], []);
    expect([empty.size, [...empty], empty.get('a')]).toEqual([0, [], undefined]);
  });
});
