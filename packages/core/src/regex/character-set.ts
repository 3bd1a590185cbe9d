import { type Folding, variantsOf } from './case-folding.ts';

/** First and last of a run of characters, as code points or UTF-16 units. */
export type Range = readonly [first: number, last: number];

/** A class of characters, or one character. */
export interface CharacterSet {
  /** Sorted, and apart from each other. */
  readonly ranges: readonly Range[];
  readonly negated: boolean;
  /** Which characters count as the same when case is ignored. */
  readonly folding: Folding;
}

/** Tells whether a character belongs to a set. */
export type CharacterTest = (unit: number) => boolean;

export const LAST_CODE_POINT = 0x10ffff;

export const DIGITS: readonly Range[] = [[0x30, 0x39]];
export const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** `\s` of ECMAScript: ASCII whitespace, Unicode's space separators, line separators, and U+FEFF. */
export const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
export const ASCII_SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

/** Sorts ranges and joins those that overlap or touch. */
export function normalized(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [first, last] of sorted) {
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) {
      previous[1] = Math.max(previous[1], last);
    } else {
      joined.push([first, last]);
    }
  }
  return joined;
}

/** Every character outside normalized ranges. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
  return gaps;
}

/** The set of one character. */
export function singleton(unit: number, folding: Folding): CharacterSet {
  return { ranges: [[unit, unit]], negated: false, folding };
}

/** The one character of a set, if it has but one in either case. */
export function onlyCharacter(set: CharacterSet): number | undefined {
  const [range] = set.ranges;
  if (set.negated || range === undefined || set.ranges.length > 1) return undefined;
  if (range[0] !== range[1]) return undefined;
  return variantsOf(range[0], set.folding).length === 0 ? range[0] : undefined;
}

/** Compiles a set to a test, which remembers its answers for ASCII. */
export function characterTest(set: CharacterSet): CharacterTest {
  const known = new Uint8Array(128);
  return (unit) => {
    if (unit >= 128) return contains(set, unit);
    const answer = known[unit] || (contains(set, unit) ? YES : NO);
    known[unit] = answer;
    return answer === YES;
  };
}

const YES = 1;
const NO = 2;

function contains({ ranges, negated, folding }: CharacterSet, unit: number): boolean {
  const found =
    inRanges(unit, ranges) ||
    variantsOf(unit, folding).some((variant) => inRanges(variant, ranges));
  return found !== negated;
}

function inRanges(unit: number, ranges: readonly Range[]): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] ?? [0, 0];
    if (unit < first) high = middle - 1;
    else if (unit > last) low = middle + 1;
    else return true;
  }
  return false;
}
