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
  const text = (typeof raw === 'string' ? raw : String(raw)).replace(/^[vV]/, '');
  if (PARTIAL_VERSION.test(text)) {
    return parseVersion(text.includes('.') ? `${text}.0` : `${text}.0.0`);
  }
  // npm's semver, which flagd's evaluators use, takes one more `v` and ignores space around it.
  return parseVersion(text.trim().replace(/^v/, ''));
}
