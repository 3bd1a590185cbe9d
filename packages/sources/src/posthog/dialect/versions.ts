import { isOrdered, type Order } from './order.ts';
import type { Operation } from './test.ts';
import { textOf } from './texts.ts';
import { FAILED, MISSING, NO, UNSUPPORTED, YES } from './verdict.ts';

/** Major, minor and patch. What follows them takes no part in PostHog's comparisons. */
type Version = readonly [major: number, minor: number, patch: number];

/** The versions from `lower` on, up to `upper`, which is not among them. */
interface Range {
  readonly lower: Version;
  readonly upper: Version;
}

/** Reads what a filter's versions are; undefined when it is none. */
type ParseRange = (text: string) => Range | undefined;

/** `semver_eq` and its like: one version against another. */
export function versionComparison(target: unknown, wanted: Order): Operation {
  return versionOperation(target, parseVersion, (given, filter) =>
    isOrdered(compare(given, filter), 0, wanted),
  );
}

/** `semver_tilde`, `semver_caret`, `semver_wildcard`: whether a version is in a range. */
export function versionRange(target: unknown, parse: ParseRange): Operation {
  return versionOperation(
    target,
    parse,
    (given, { lower, upper }) => compare(given, lower) >= 0 && compare(given, upper) < 0,
  );
}

function versionOperation<Filter>(
  target: unknown,
  parse: (text: string) => Filter | undefined,
  holds: (given: Version, filter: Filter) => boolean,
): Operation {
  const text = textOf(target);
  if (text === undefined) return { test: () => FAILED, isUsable: true, ofNull: NO };
  const filter = parse(text);
  if (filter === undefined) return { test: () => UNSUPPORTED, isUsable: false, ofNull: NO };
  return {
    test: (value) => {
      const given = textOf(value);
      if (given === undefined) return FAILED;
      const version = parseVersion(given);
      if (version === undefined) return MISSING;
      return holds(version, filter) ? YES : NO;
    },
    isUsable: true,
    ofNull: NO,
  };
}

/** From the version itself up to the next minor one. */
export const tilde: ParseRange = (text) => {
  const version = parseVersion(text);
  if (version === undefined) return undefined;
  const [major, minor] = version;
  return { lower: version, upper: [major, minor + 1, 0] };
};

/** From the version itself up to where its first part that is not zero changes. */
export const caret: ParseRange = (text) => {
  const version = parseVersion(text);
  if (version === undefined) return undefined;
  const [major, minor, patch] = version;
  if (major > 0) return { lower: version, upper: [major + 1, 0, 0] };
  return { lower: version, upper: minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1] };
};

/** All versions with the same first part, or the same first two; what stands behind those is not read. */
export const wildcard: ParseRange = (text) => {
  const pattern = withoutV(text).replace(/\.\*$/, '').replace(/\*$/, '');
  if (pattern === '') return undefined;
  const [first = '', second] = pattern.split('.');
  const major = strictNumber(first);
  if (major === undefined) return undefined;
  if (second === undefined) return { lower: [major, 0, 0], upper: [major + 1, 0, 0] };
  const minor = strictNumber(second);
  if (minor === undefined) return undefined;
  return { lower: [major, minor, 0], upper: [major, minor + 1, 0] };
};

/**
 * Reads a version leniently: a leading `v` is dropped, so are pre-release and build, parts that are
 * missing are 0 and those beyond the third are not read. Numbers have no leading zeros.
 */
function parseVersion(text: string): Version | undefined {
  const plain = PLAIN_VERSION.exec(text);
  if (plain !== null) return [Number(plain[1]), Number(plain[2]), Number(plain[3])];
  const [withoutPrerelease = ''] = withoutV(text).split('-', 1);
  const [numbers = ''] = withoutPrerelease.split('+', 1);
  if (numbers === '' || numbers.startsWith('.')) return undefined;
  const parts = numbers.split('.', 3).map(lenientNumber);
  if (parts.includes(undefined)) return undefined;
  const [major = 0, minor = 0, patch = 0] = parts;
  return [major, minor, patch];
}

/** What nearly all versions look like, so that they are read at once. */
const PLAIN_VERSION = /^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$/;

function withoutV(text: string): string {
  return text.trim().replace(/^v/i, '');
}

function lenientNumber(part: string): number | undefined {
  return part === '' ? 0 : strictNumber(part);
}

function strictNumber(part: string): number | undefined {
  return /^(?:0|[1-9][0-9]*)$/.test(part) ? Number.parseInt(part, 10) : undefined;
}

function compare(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const order = (a[i] as number) - (b[i] as number);
    // Parts too big for a number are all infinite, and equal.
    if (order !== 0 && !Number.isNaN(order)) return order;
  }
  return 0;
}
