/**
 * Which characters count as the same: `none`, every character only itself; `simple`, as ECMAScript has
 * it with flags `iu` (Unicode's simple case folding); `upper`, as with flag `i` alone (upper case of
 * single UTF-16 units).
 */
export type Folding = 'none' | 'simple' | 'upper';

/** Where characters with case stand, beyond ASCII. Looking only there makes the table 20 times cheaper. */
const CASED_BLOCKS = [
  [0x80, 0x58f],
  [0x10a0, 0x10ff],
  [0x13a0, 0x13ff],
  [0x1c80, 0x218f],
  [0x24b0, 0x24ef],
  [0x2c00, 0x2dff],
  [0xa640, 0xa7ff],
  [0xab30, 0xabbf],
  [0xfb00, 0xfb1f],
  [0xff21, 0xff5a],
  [0x10400, 0x105ff],
  [0x10c80, 0x10d8f],
  [0x118a0, 0x118df],
  [0x16e40, 0x16eff],
  [0x1e900, 0x1e95f],
] as const;

/** Pairs that fold alike though neither is the other's upper or lower case. */
const UNLINKED: ReadonlyMap<number, number> = new Map([
  [0x1fd3, 0x390],
  [0x1fe3, 0x3b0],
  [0xfb05, 0xfb06],
]);

const NONE: readonly number[] = Object.freeze([]);
const KELVIN_SIGN = 0x212a;
const LONG_S = 0x17f;

/** Asks the native engine whether two characters are the same to it, with flags `iu`. */
const TWINS = /^(.)\1$/isu;

const tables = new Map<Folding, ReadonlyMap<number, readonly number[]>>();

/** The other characters that count as the same as this one. */
export function variantsOf(unit: number, folding: Folding): readonly number[] {
  if (folding === 'none') return NONE;
  if (unit < 0x80) return asciiVariants(unit, folding);
  return tableOf(folding).get(unit) ?? NONE;
}

/** Whether two characters are the same, or count as such. */
export function sameCharacter(a: number, b: number, folding: Folding): boolean {
  return a === b || variantsOf(a, folding).includes(b);
}

/** Most subjects are ASCII: for them the table is never made. */
function asciiVariants(unit: number, folding: Folding): readonly number[] {
  const lower = unit | 0x20;
  if (lower < 0x61 || lower > 0x7a) return NONE;
  const other = unit ^ 0x20;
  if (folding === 'simple' && lower === 0x6b) return [other, KELVIN_SIGN];
  if (folding === 'simple' && lower === 0x73) return [other, LONG_S];
  return [other];
}

function tableOf(folding: Folding): ReadonlyMap<number, readonly number[]> {
  const known = tables.get(folding);
  if (known !== undefined) return known;
  const table = variantsByCharacter(folding === 'simple' ? simpleFold : upperFold);
  tables.set(folding, table);
  return table;
}

function variantsByCharacter(
  fold: (unit: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const families = new Map<number, Set<number>>();
  for (const [first, last] of CASED_BLOCKS) {
    for (let unit = first; unit <= last; unit++) {
      const key = fold(unit);
      if (key !== unit) families.set(key, (families.get(key) ?? new Set([key])).add(unit));
    }
  }
  const variants = new Map<number, readonly number[]>();
  for (const [key, family] of families) {
    for (const other of asciiFamily(key)) family.add(other);
    for (const member of family) {
      variants.set(
        member,
        [...family].filter((other) => other !== member),
      );
    }
  }
  return variants;
}

function asciiFamily(key: number): readonly number[] {
  return key < 0x80 ? asciiVariants(key, 'upper') : NONE;
}

function upperFold(unit: number): number {
  if (unit > 0xffff) return unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  return upper.length === 1 && upper.charCodeAt(0) >= 0x80 ? upper.charCodeAt(0) : unit;
}

function simpleFold(unit: number): number {
  const text = String.fromCodePoint(unit);
  const candidates = [text.toUpperCase().toLowerCase(), text.toLowerCase()];
  for (const candidate of candidates) {
    const folded = candidate.codePointAt(0) ?? unit;
    const single = String.fromCodePoint(folded) === candidate;
    if (single && folded !== unit && TWINS.test(text + candidate)) return folded;
  }
  const unlinked = UNLINKED.get(unit);
  if (unlinked === undefined) return unit;
  return TWINS.test(text + String.fromCodePoint(unlinked)) ? unlinked : unit;
}
