import { compileRegex, parseVersion } from '@halyard/core';
import { SEMVER_SUFFIX } from './comparison.ts';
import { pythonText } from './python-text.ts';
import { NEVER, type ValueTest } from './test.ts';
import { numeralKind, type TraitValue } from './trait-value.ts';

/** The test of CONTAINS. With a version it asks for its whole pre-release or build part. */
export function contains(operand: string | null): ValueTest {
  const text = operand ?? 'None';
  if (!text.endsWith(SEMVER_SUFFIX)) return (value) => isText(value) && value.includes(text);
  const part = text.slice(0, -SEMVER_SUFFIX.length);
  return (value) =>
    isText(value) && parseVersion(value) !== undefined && partsOf(value).includes(part);
}

/** The test of NOT_CONTAINS, which knows nothing of versions. */
export function containsNot(operand: string | null): ValueTest {
  const text = operand ?? 'None';
  return (value) => isText(value) && !value.includes(text);
}

/** The test of REGEX: the pattern must match from the start, and need not reach the end. */
export function regex(operand: string | null): ValueTest {
  if (operand === null) return NEVER;
  const compiled = compileRegex(operand, { dialect: 'python' });
  if (compiled.kind === 'invalid') return NEVER;
  return (value) => value !== null && compiled.matchesAt0(pythonText(value));
}

/** Texts that look like numbers are none. */
function isText(value: TraitValue): value is string {
  return typeof value === 'string' && numeralKind(value) === 'text';
}

/** The pre-release and the build part of a version, as written; either may be missing. */
function partsOf(version: string): readonly string[] {
  const [rest = '', build] = version.split('+');
  const hyphen = rest.indexOf('-');
  const parts = hyphen < 0 ? [] : [rest.slice(hyphen + 1)];
  return build === undefined ? parts : [...parts, build];
}
