import { compareCodePoints, compareVersions, parseVersion } from '@halyard/core';
import { parseFloatLiteral, parseInteger } from './literals.ts';
import type { ValueTest } from './test.ts';
import { integerOf, numeralKind } from './trait-value.ts';

/** Which outcomes of a comparison satisfy an operator. NaN compares to nothing. */
interface Accepted {
  readonly less?: true;
  readonly equal?: true;
  readonly greater?: true;
  readonly unordered?: true;
}

/** The operators that compare a value with the condition's, cast to the value's own type. */
export const COMPARISONS: Readonly<Record<string, Accepted>> = {
  EQUAL: { equal: true },
  NOT_EQUAL: { less: true, greater: true, unordered: true },
  GREATER_THAN: { greater: true },
  GREATER_THAN_INCLUSIVE: { greater: true, equal: true },
  LESS_THAN: { less: true },
  LESS_THAN_INCLUSIVE: { less: true, equal: true },
};

/** Marks a condition's value as a version. */
export const SEMVER_SUFFIX = ':semver';

/**
 * The test of a comparing operator. The operand is cast to the type of the value, and where that is
 * impossible nothing satisfies the condition, NOT_EQUAL included.
 */
export function comparison(accepted: Accepted, operand: string | null): ValueTest {
  const text = textTest(accepted, operand);
  const integer = numberTest(accepted, operand === null ? undefined : parseInteger(operand));
  const float = numberTest(accepted, operand === null ? undefined : parseFloatLiteral(operand));
  const boolean = booleanTest(accepted, operand);
  return (value) => {
    if (typeof value === 'string') {
      const kind = numeralKind(value);
      if (kind === 'text') return text(value);
      return kind === 'integer' ? integer(integerOf(value)) : float(Number(value));
    }
    // A number of the language cannot tell 2.0 from 2, so it is compared as a float.
    if (typeof value === 'number') return float(value);
    if (typeof value === 'boolean') return boolean(value);
    return value !== null && integer(value);
  };
}

function textTest(accepted: Accepted, operand: string | null): (value: string) => boolean {
  if (operand?.endsWith(SEMVER_SUFFIX)) {
    return versionTest(accepted, operand.slice(0, -SEMVER_SUFFIX.length));
  }
  const text = operand ?? 'None';
  if (accepted.equal && !accepted.less && !accepted.greater) return (value) => value === text;
  if (accepted.unordered) return (value) => value !== text;
  return (value) => accepts(accepted, compareCodePoints(value, text));
}

function versionTest(accepted: Accepted, operand: string): (value: string) => boolean {
  const version = parseVersion(operand);
  if (version === undefined) return () => false;
  return (value) => {
    const own = parseVersion(value);
    return own !== undefined && accepts(accepted, compareVersions(own, version));
  };
}

function numberTest(
  accepted: Accepted,
  operand: number | bigint | undefined,
): (value: number | bigint) => boolean {
  if (operand === undefined) return () => false;
  // Numbers and big integers compare by their mathematical values.
  return (value) =>
    accepts(accepted, value < operand ? -1 : value > operand ? 1 : sameness(value, operand));
}

/** 0 for equal numbers, NaN when one of the two is NaN. */
function sameness(a: number | bigint, b: number | bigint): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}

function booleanTest(accepted: Accepted, operand: string | null): (value: boolean) => boolean {
  const truth = operand !== 'False' && operand !== 'false';
  return (value) => accepts(accepted, Number(value) - Number(truth));
}

function accepts(accepted: Accepted, order: number): boolean {
  if (order < 0) return accepted.less === true;
  if (order > 0) return accepted.greater === true;
  return order === 0 ? accepted.equal === true : accepted.unordered === true;
}
