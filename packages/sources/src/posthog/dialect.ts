import { dateComparison } from './dialect/dates.ts';
import { equality } from './dialect/equality.ts';
import {
  AT_LEAST,
  AT_MOST,
  comparison,
  EQUAL,
  LESS,
  MORE,
  type Order,
  UNEQUAL,
} from './dialect/order.ts';
import { patternMatch } from './dialect/pattern.ts';
import { contains, endsWith, startsWith, substring } from './dialect/substring.ts';
import type { Operation, ValueTest } from './dialect/test.ts';
import { MISSING, NO, not, UNSUPPORTED, type Verdict, YES } from './dialect/verdict.ts';
import { caret, tilde, versionComparison, versionRange, wildcard } from './dialect/versions.ts';

/** A filter on a property, compiled: what it says of whatever the property may be. */
export interface PropertyTest {
  /** Of a property that is neither null nor undefined. */
  readonly test: ValueTest;
  readonly ofAbsent: Verdict;
  readonly ofUndefined: Verdict;
  readonly ofNull: Verdict;
  /** Whether the operator exists and can use the filter's value. */
  readonly isUsable: boolean;
}

type Compile = (target: unknown, matchingVersion: unknown) => Operation;

/** Every operator but those that only ask whether there is a value. */
const OPERATORS: ReadonlyMap<unknown, Compile> = new Map<unknown, Compile>([
  ['exact', equality],
  ['is_not', (target, version) => negated(equality(target, version))],
  ['icontains', (target) => substring(target, contains)],
  ['not_icontains', (target) => negated(substring(target, contains))],
  ['starts_with', (target) => substring(target, startsWith)],
  ['not_starts_with', (target) => negated(substring(target, startsWith))],
  ['ends_with', (target) => substring(target, endsWith)],
  ['not_ends_with', (target) => negated(substring(target, endsWith))],
  ['regex', (target) => patternMatch(target, true)],
  ['not_regex', (target) => patternMatch(target, false)],
  ['gt', (target) => ofNoNull(comparison(target, MORE))],
  ['gte', (target) => ofNoNull(comparison(target, AT_LEAST))],
  ['lt', (target) => ofNoNull(comparison(target, LESS))],
  ['lte', (target) => ofNoNull(comparison(target, AT_MOST))],
  ['is_date_before', (target) => dateComparison(target, LESS)],
  ['is_date_after', (target) => dateComparison(target, MORE)],
  ...versions([
    ['semver_eq', EQUAL],
    ['semver_neq', UNEQUAL],
    ['semver_gt', MORE],
    ['semver_gte', AT_LEAST],
    ['semver_lt', LESS],
    ['semver_lte', AT_MOST],
  ]),
  ['semver_tilde', (target) => versionRange(target, tilde)],
  ['semver_caret', (target) => versionRange(target, caret)],
  ['semver_wildcard', (target) => versionRange(target, wildcard)],
]);

const IS_SET: PropertyTest = presence(YES);
const IS_NOT_SET: PropertyTest = presence(NO);
const UNKNOWN_OPERATION: Operation = { test: () => UNSUPPORTED, isUsable: false, ofNull: NO };
const NO_CLOCK = { now: undefined };

/**
 * Compiles a filter's operator with its value. Without an operator it is `exact`. `matchingVersion`: the
 * definitions' `property_matching_version`.
 *
 * @see https://posthog.com/docs/feature-flags/local-evaluation
 */
export function compileOperator(
  operator: unknown,
  target: unknown,
  matchingVersion: unknown,
): PropertyTest {
  if (operator === 'is_set') return IS_SET;
  if (operator === 'is_not_set') return IS_NOT_SET;
  const compile = OPERATORS.get(operator || 'exact');
  const operation = compile?.(target, matchingVersion) ?? UNKNOWN_OPERATION;
  const { test, isUsable, ofNull } = operation;
  return {
    test,
    ofAbsent: isUsable ? MISSING : UNSUPPORTED,
    ofUndefined: UNSUPPORTED,
    ofNull: ofNull ?? test(null, NO_CLOCK),
    isUsable,
  };
}

/** Whether it is an operator at all. */
export function isOperator(operator: unknown): boolean {
  return operator === 'is_set' || operator === 'is_not_set' || OPERATORS.has(operator || 'exact');
}

/** What is not in the context may still be known to PostHog's servers, so absence says nothing. */
function presence(present: Verdict): PropertyTest {
  return {
    test: () => present,
    ofAbsent: MISSING,
    ofUndefined: present,
    ofNull: present,
    isUsable: true,
  };
}

function negated({ test, isUsable }: Operation): Operation {
  return { test: (value, clock) => not(test(value, clock)), isUsable };
}

function ofNoNull(operation: Operation): Operation {
  return { ...operation, ofNull: NO };
}

function versions(orders: readonly (readonly [string, Order])[]): [string, Compile][] {
  return orders.map(([operator, order]) => [
    operator,
    (target) => versionComparison(target, order),
  ]);
}
