/** A version by SemVer 2.0.0, without its build. */
export interface Version {
  /** Three. Those of more than 15 digits are big integers, which compare with the others. */
  readonly numbers: readonly (number | bigint)[];
  /** Empty for a release. */
  readonly prerelease: readonly string[];
}

/** UTF-16 units, before anything is trimmed. */
const MAX_LENGTH = 256;
/** The most digits that are always exact as a number. */
const MAX_DIGITS = 15;

const SUFFIXED = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s;
const NUMBER = /^(?:0|[1-9]\d*)$/;
const IDENTIFIER = /^[\da-z-]+$/i;
const DIGITS = /^\d+$/;
const RELEASE: Version['prerelease'] = Object.freeze([]);

/**
 * Reads a version, by SemVer 2.0.0 but for three things: there may be space around it, a `v` before it,
 * and numbers that are zero may be left out at the end. Undefined for anything else.
 */
export function parseVersion(value: unknown): Version | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined;
  const trimmed = value.trim();
  const text = /^v/i.test(trimmed) ? trimmed.slice(1) : trimmed;
  return parsePlain(text) ?? parseAny(text);
}

/** Which of two versions comes first (SemVer 2.0.0, section 11): negative for `a`, positive for `b`. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const left = a.numbers[i] as number | bigint;
    const right = b.numbers[i] as number | bigint;
    if (left !== right) return left < right ? -1 : 1;
  }
  // A version without pre-release identifiers is the release, which comes after all of them.
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return b.prerelease.length - a.prerelease.length;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** Up to three numbers of few digits, which is what most versions are; undefined for any other text. */
function parsePlain(text: string): Version | undefined {
  const numbers = [0, 0, 0];
  let place = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      numbers[place] = (numbers[place] as number) * 10 + digit;
      continue;
    }
    const digits = i - start;
    const isNumber = digits > 0 && digits <= MAX_DIGITS && (digits === 1 || text[start] !== '0');
    if (!isNumber || (i < text.length && text[i] !== '.') || place > 2) return undefined;
    start = i + 1;
    place++;
  }
  return { numbers, prerelease: RELEASE };
}

function parseAny(text: string): Version | undefined {
  const [, core = '', suffix, build] = SUFFIXED.exec(text) ?? [];
  const numbers = core.split('.');
  while (numbers.length < 3) numbers.push('0');
  if (numbers.length > 3 || !numbers.every((number) => NUMBER.test(number))) return undefined;
  if (build !== undefined && !build.split('.').every(isIdentifier)) return undefined;
  const prerelease = suffix === undefined ? RELEASE : suffix.split('.');
  return prerelease.every(isPrerelease)
    ? { numbers: numbers.map(numberOf), prerelease }
    : undefined;
}

function numberOf(digits: string): number | bigint {
  return digits.length > MAX_DIGITS ? BigInt(digits) : Number(digits);
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
  return isNumber ? compareDigits(a, b) : compareTexts(a, b);
}

/** Without leading zeros, more digits are a larger number. */
function compareDigits(a: string, b: string): number {
  return a.length === b.length ? compareTexts(a, b) : a.length - b.length;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

function isPrerelease(text: string): boolean {
  return isIdentifier(text) && (!DIGITS.test(text) || NUMBER.test(text));
}
