/** A version by SemVer 2.0.0, without its build. Numbers are digits, however many. */
export interface Version {
  readonly numbers: readonly string[];
  /** Empty for a release. */
  readonly prerelease: readonly string[];
}

/** UTF-16 units, before anything is trimmed. */
const MAX_LENGTH = 256;

const NUMBERS = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/;
const IDENTIFIER = /^[\da-z-]+$/i;
const DIGITS = /^\d+$/;

/**
 * Reads a version, by SemVer 2.0.0 but for three things: there may be space around it, a `v` before it,
 * and numbers that are zero may be left out at the end. Undefined for anything else.
 */
export function parseVersion(value: unknown): Version | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined;
  const text = value.trim().replace(/^v/i, '');
  const [, core = '', suffix, build] = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text) ?? [];
  const numbers = core.split('.');
  while (numbers.length < 3) numbers.push('0');
  if (!NUMBERS.test(numbers.join('.'))) return undefined;
  if (build !== undefined && !build.split('.').every(isIdentifier)) return undefined;
  const prerelease = suffix?.split('.') ?? [];
  return prerelease.every(isPrerelease) ? { numbers, prerelease } : undefined;
}

/** Which of two versions comes first (SemVer 2.0.0, section 11): negative for `a`, positive for `b`. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const order = compareNumbers(a.numbers[i] as string, b.numbers[i] as string);
    if (order !== 0) return order;
  }
  // A version without pre-release identifiers is the release, which comes after all of them.
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return b.prerelease.length - a.prerelease.length;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareIdentifiers(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers come before other identifiers. */
function compareIdentifiers(a: string, b: string): number {
  const isNumber = DIGITS.test(a);
  if (isNumber !== DIGITS.test(b)) return isNumber ? -1 : 1;
  return isNumber ? compareNumbers(a, b) : compareTexts(a, b);
}

/** Without leading zeros, more digits are a larger number. */
function compareNumbers(a: string, b: string): number {
  return a.length === b.length ? compareTexts(a, b) : a.length - b.length;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

function isPrerelease(text: string): boolean {
  return isIdentifier(text) && !(DIGITS.test(text) && text.length > 1 && text.startsWith('0'));
}
