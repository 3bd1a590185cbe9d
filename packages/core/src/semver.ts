/** A version by SemVer 2.0.0. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Numeric identifiers as numbers; those beyond the safe integers stay text. Empty for a release. */
  readonly prerelease: readonly (number | string)[];
  /** Carried along; takes no part in comparisons. */
  readonly build: readonly string[];
}

/** Longer texts are no versions: the limit of npm's `semver` package, which also bounds the work. */
const MAX_LENGTH = 256;

const SHAPE =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;
const DIGITS = /^\d+$/;
const NO_PRERELEASE: Version['prerelease'] = Object.freeze([]);
const NO_BUILD: Version['build'] = Object.freeze([]);

/**
 * Reads a version, strictly by SemVer 2.0.0: three numbers, no leading `v`, no leading zeros, no
 * surrounding space. Undefined for anything else, for more than 256 characters, and when a number of
 * the three is beyond the safe integers.
 */
export function parseVersion(text: string): Version | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const major = Number(match[1]);
  const minor = Number(match[2]);
  const patch = Number(match[3]);
  if (Math.max(major, minor, patch) > Number.MAX_SAFE_INTEGER) return undefined;
  const prerelease = match[4] === undefined ? NO_PRERELEASE : parsePrerelease(match[4]);
  const build = match[5] === undefined ? NO_BUILD : match[5].split('.');
  if (prerelease === undefined || build.includes('')) return undefined;
  return { major, minor, patch, prerelease, build };
}

/** Which of two versions comes first (SemVer 2.0.0, section 11): -1 is `a`, 1 is `b`, 0 neither. */
export function compareVersions(a: Version, b: Version): -1 | 0 | 1 {
  return (
    compareNumbers(a.major, b.major) ||
    compareNumbers(a.minor, b.minor) ||
    compareNumbers(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

function parsePrerelease(text: string): readonly (number | string)[] | undefined {
  const identifiers: (number | string)[] = [];
  for (const identifier of text.split('.')) {
    if (identifier === '') return undefined;
    if (!DIGITS.test(identifier)) {
      identifiers.push(identifier);
      continue;
    }
    if (identifier.length > 1 && identifier.startsWith('0')) return undefined;
    const number = Number(identifier);
    identifiers.push(Number.isSafeInteger(number) ? number : identifier);
  }
  return identifiers;
}

function comparePrereleases(a: Version['prerelease'], b: Version['prerelease']): -1 | 0 | 1 {
  // A version without pre-release identifiers is the release, which comes after all of them.
  if (a.length === 0 || b.length === 0) return compareNumbers(b.length, a.length);
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareIdentifiers(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return compareNumbers(a.length, b.length);
}

/** Numeric identifiers come before the others; those compare by value, these by ASCII order. */
function compareIdentifiers(a: number | string, b: number | string): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  const numeric = DIGITS.test(String(a));
  if (numeric !== DIGITS.test(String(b))) return numeric ? -1 : 1;
  // Numbers too big to be exact: without leading zeros, more digits mean a bigger number.
  if (numeric && String(a).length !== String(b).length) {
    return compareNumbers(String(a).length, String(b).length);
  }
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function compareNumbers(a: number, b: number): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}
