import type { FlagOutcome } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { listCombinations } from './combinations.ts';
import { schemaOf } from './schema.ts';

/** Flags with that many outcomes each. */
function schemaOfSizes(sizes: Record<string, number>, extra: readonly FlagOutcome[] = []) {
  return schemaOf('table', Object.keys(sizes), (key) => [
    ...Array.from({ length: sizes[key] ?? 0 }, (_, value) => ({ value })),
    ...extra,
  ]);
}

describe('the combinations', () => {
  it('are all of what is listed', () => {
    expect(listCombinations(schemaOfSizes({ a: 2, b: 3 }), 6)).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
  });

  it('hold the outcome without a value where it is listed, or where nothing is', () => {
    expect(listCombinations(schemaOfSizes({ a: 1 }, [{}]), 2)).toEqual([[0], [1]]);
    expect(listCombinations(schemaOfSizes({ a: 0, b: 1 }), 1)).toEqual([[0, 1]]);
  });
});

describe('more combinations than allowed', () => {
  it('are refused with the numbers, the largest first, and what to do', () => {
    expect(() => listCombinations(schemaOfSizes({ sale: 2, layout: 8, color: 5 }), 64)).toThrow(
      '[halyard] [precompute] 80 pages would have to be made, more than the 64 that maxCombinations allows: "layout" comes out in 8 ways, "color" comes out in 5 ways, "sale" comes out in 2 ways. Leave out flags that the page\'s first paint does not need and read them with useFlag() instead, or raise maxCombinations.',
    );
  });

  it('are refused without being listed, however many there are', () => {
    const sizes = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`flag-${i}`, 900]));
    expect(() => listCombinations(schemaOfSizes(sizes), 64)).toThrow(/more than the 64/);
  });

  it('begin after the last one that is', () => {
    expect(listCombinations(schemaOfSizes({ a: 8, b: 8 }), 64)).toHaveLength(64);
    expect(() => listCombinations(schemaOfSizes({ a: 8, b: 8 }), 63)).toThrow(/^.*64 pages/);
  });
});
