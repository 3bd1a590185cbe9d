import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from './fixtures/texts.ts';
import { compareVersions, parseVersion, type Version } from './index.ts';

/** As much of npm's `semver` package as the comparison needs; it comes without types. */
interface NpmSemver {
  parse(text: string): Omit<Version, 'build'> & { build: readonly string[] };
  valid(text: string): string | null;
  compare(a: string, b: string): -1 | 0 | 1;
}
const npm = createRequire(import.meta.url)('semver') as NpmSemver;

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(`"${text}" is not a version`);
  return parsed;
};

const number = fc.oneof(fc.nat(3).map(String), fc.maxSafeNat().map(String));
const identifier = fc.oneof(
  fc.nat(12).map(String),
  fc.constantFrom('alpha', 'beta', 'rc', 'x-y', '-', '0a', '00-1', 'A', 'a', 'Z9'),
  fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/),
);
const identifiers = fc
  .array(identifier, { minLength: 1, maxLength: 4 })
  .map((all) => all.join('.'));
const wellFormed = fc
  .tuple(
    fc.tuple(number, number, number).map((numbers) => numbers.join('.')),
    fc.option(identifiers, { nil: undefined }),
    fc.option(identifiers, { nil: undefined }),
  )
  .map(
    ([core, pre, build]) =>
      core + (pre === undefined ? '' : `-${pre}`) + (build === undefined ? '' : `+${build}`),
  );

/** Nearly versions: built of what versions are built of. Without the `v` and space that npm forgives. */
const nearly = fc
  .array(fc.constantFrom('0', '1', '01', '12', '.', '.', '.', '-', '+', 'a', 'rc', '~', '_', 'é'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

describe('parseVersion', () => {
  it.each([
    ['1.2.3', { major: 1, minor: 2, patch: 3, prerelease: [], build: [] }],
    ['0.0.0', { major: 0, minor: 0, patch: 0, prerelease: [], build: [] }],
    ['1.2.3-rc.1.x-y', { major: 1, minor: 2, patch: 3, prerelease: ['rc', 1, 'x-y'], build: [] }],
    ['1.2.3+b.007', { major: 1, minor: 2, patch: 3, prerelease: [], build: ['b', '007'] }],
    ['1.2.3--.0+-', { major: 1, minor: 2, patch: 3, prerelease: ['-', 0], build: ['-'] }],
    ['1.2.3-0a.00-', { major: 1, minor: 2, patch: 3, prerelease: ['0a', '00-'], build: [] }],
  ])('reads %s', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it.each([
    ['', '1', '1.2', '1.2.3.4', '1.2.x', '1..3', '.1.2', '-1.2.3'],
    ['v1.2.3', 'V1.2.3', '=1.2.3', ' 1.2.3', '1.2.3 ', '1.2.3\n'],
    ['01.2.3', '1.02.3', '1.2.03', '1.2.3-01', '1.2.3-a.00'],
    ['1.2.3-', '1.2.3+', '1.2.3-a.', '1.2.3-.a', '1.2.3-a..b', '1.2.3+a..b', '1.2.3+a+b'],
    ['1.2.3-é', '1.2.3_4', '１.2.3', '1.2.3-a_b', '1e3.0.0', '0x1.0.0', 'NaN.0.0'],
  ])('refuses %j, %j, %j, %j, %j …', (...texts) => {
    for (const text of texts) expect(parseVersion(text), text).toBeUndefined();
  });

  it('refuses numbers that a JavaScript number cannot hold exactly', () => {
    expect(parseVersion('9007199254740991.0.0')?.major).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseVersion('9007199254740992.0.0')).toBeUndefined();
    expect(parseVersion('0.9007199254740993.0')).toBeUndefined();
    expect(parseVersion(`0.0.${'9'.repeat(200)}`)).toBeUndefined();
  });

  it('refuses texts of more than 256 characters', () => {
    expect(parseVersion(`1.2.3-${'a'.repeat(250)}`)).toBeDefined();
    expect(parseVersion(`1.2.3-${'a'.repeat(251)}`)).toBeUndefined();
    expect(parseVersion('1'.repeat(10_000_000))).toBeUndefined();
  });

  it("reads what npm's semver reads, and refuses what it refuses", () => {
    fc.assert(
      fc.property(fc.oneof(wellFormed, nearly), (text) => {
        const parsed = parseVersion(text);
        if (npm.valid(text) === null) {
          expect(parsed).toBeUndefined();
          return;
        }
        const { major, minor, patch, prerelease, build } = npm.parse(text);
        expect(parsed).toEqual({ major, minor, patch, prerelease, build });
      }),
      sample(4_000),
    );
  });
});

describe('compareVersions', () => {
  it('orders versions as the specification does', () => {
    const ascending = [
      ...['1.0.0-1', '1.0.0-2', '1.0.0-10', '1.0.0--', '1.0.0-A', '1.0.0-alpha', '1.0.0-alpha.1'],
      ...['1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0'],
      ...['1.0.1-0', '1.0.1', '1.1.0', '1.2.0', '1.10.0', '2.0.0', '10.0.0'],
    ].map(version);
    ascending.forEach((a, i) => {
      ascending.forEach((b, j) => {
        expect(compareVersions(a, b)).toBe(Math.sign(i - j));
      });
    });
  });

  it('ignores build metadata', () => {
    expect(compareVersions(version('1.0.0+a'), version('1.0.0+b'))).toBe(0);
    expect(compareVersions(version('1.0.0-a+1'), version('1.0.0-a'))).toBe(0);
  });

  it('orders pre-release numbers of any size by value', () => {
    const ascending = [
      '9',
      '9007199254740992',
      '9007199254740993',
      '10000000000000000000',
      'a',
    ].map((identifier) => version(`1.0.0-${identifier}`));
    ascending.forEach((a, i) => {
      ascending.forEach((b, j) => {
        expect(compareVersions(a, b)).toBe(Math.sign(i - j));
      });
    });
  });

  it("orders as npm's semver does", () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (a, b) => {
        const parsedA = parseVersion(a);
        const parsedB = parseVersion(b);
        fc.pre(parsedA !== undefined && parsedB !== undefined);
        expect(compareVersions(parsedA, parsedB)).toBe(npm.compare(a, b));
      }),
      sample(4_000),
    );
  });
});
