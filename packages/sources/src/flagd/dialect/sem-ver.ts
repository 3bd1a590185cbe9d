import type { CompileNested, Expression, Version } from '@halyard/core';
import { compareVersions, parseVersion } from '@halyard/core';
import { compileArguments } from './arguments.ts';

/** `sem_ver`: `[version, operator, version]`. */
export function semVer(args: unknown, compile: CompileNested): Expression {
  if (Array.isArray(args) && args.length === 3) {
    const [left, operator, right] = args;
    if (typeof operator === 'string' && typeof right === 'string') {
      // The usual form, `[<expression>, ">=", "1.2.0"]`: the constant version is read once.
      const version = compile(left, '[0]');
      const bound = lenientVersion(right);
      return (data, frame) => compareBy(operator, lenientVersion(version(data, frame)), bound);
    }
  }
  const evaluate = compileArguments(args, compile);
  return (data, frame) => {
    const values = evaluate(data, frame);
    if (values.length !== 3) return null;
    const [left, operator, right] = values;
    return compareBy(String(operator), lenientVersion(left), lenientVersion(right));
  };
}

function compareBy(
  operator: string,
  a: Version | undefined,
  b: Version | undefined,
): boolean | null {
  if (a === undefined || b === undefined) return null;
  switch (operator) {
    case '=':
      return compareVersions(a, b) === 0;
    case '!=':
      return compareVersions(a, b) !== 0;
    case '<':
      return compareVersions(a, b) < 0;
    case '<=':
      return compareVersions(a, b) <= 0;
    case '>':
      return compareVersions(a, b) > 0;
    case '>=':
      return compareVersions(a, b) >= 0;
    case '^':
      return a.major === b.major;
    case '~':
      return a.major === b.major && a.minor === b.minor;
    default:
      return null;
  }
}

const PARTIAL_VERSION = /^\d{1,16}(?:\.\d{1,16})?$/;

/** A version as people write it: `v1.2.3`, `1.2`, `1`, and numbers; surrounding space is ignored. */
function lenientVersion(raw: unknown): Version | undefined {
  const written = typeof raw === 'string' ? raw : String(raw);
  const plain = plainVersion(written);
  if (plain !== undefined) return plain;
  const text = written.replace(/^[vV]/, '');
  if (PARTIAL_VERSION.test(text)) {
    return parseVersion(text.includes('.') ? `${text}.0` : `${text}.0.0`);
  }
  // npm's semver, which flagd's evaluators use, takes one more `v` and ignores space around it.
  return parseVersion(text.trim().replace(/^v/, ''));
}

const NONE: readonly never[] = Object.freeze([]);
const ZERO = 48;
const DOT = 46;

/** Reads `1.2.3` and nothing more: most versions are that simple, and regular expressions are slow. */
function plainVersion(text: string): Version | undefined {
  let major = 0;
  let minor = 0;
  let number = 0;
  let dots = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0 || ++dots > 2) return undefined;
      if (dots === 1) major = number;
      else minor = number;
      number = 0;
      digits = 0;
    } else {
      // Leading zeros make no version, and ten digits or more are left to the parser.
      const hasLeadingZero = digits > 0 && number === 0;
      if (code < ZERO || code > ZERO + 9 || hasLeadingZero || ++digits > 9) return undefined;
      number = number * 10 + code - ZERO;
    }
  }
  if (dots !== 2 || digits === 0) return undefined;
  return { major, minor, patch: number, prerelease: NONE, build: NONE };
}
