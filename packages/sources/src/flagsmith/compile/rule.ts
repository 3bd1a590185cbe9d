import { isJsonObject } from '@halyard/core';
import { parseFloatLiteral } from '../dialect/literals.ts';
import { Percentage } from '../dialect/percentage.ts';
import { pythonText } from '../dialect/python-text.ts';
import type { ValueTest } from '../dialect/test.ts';
import { compileOperator, operandText } from '../dialect.ts';
import type { EnvironmentModel } from './model.ts';
import { isOrdinaryTrait, propertyReader } from './property.ts';
import { ordinaryTrait, type Visit } from './visit.ts';

/** Whether a visit satisfies a rule, a condition or a whole segment. */
export type VisitTest = (visit: Visit) => boolean;

/** What the rules of one segment are compiled with. */
export interface RuleScope {
  readonly environment: Pick<EnvironmentModel, 'propertyField' | 'bucketPrefix'>;
  readonly segmentKey: string;
  /** Tells what is wrong with a part of the rules, which then never matches. */
  report(path: string, message: string): void;
}

/** Deeper rules than this are no rules that anybody wrote. */
const MAX_DEPTH = 100;

const NOBODY: VisitTest = () => false;
const EVERYBODY: VisitTest = () => true;

/** The test of a segment: it has rules, and all of them match. */
export function compileRules(rules: unknown, scope: RuleScope): VisitTest {
  if (!Array.isArray(rules)) {
    scope.report('rules', 'expected a list of rules; the segment matches nobody');
    return NOBODY;
  }
  if (rules.length === 0) return NOBODY;
  return every(rules.map((rule, i) => compileRule(rule, `rules[${i}]`, { scope, depth: 1 })));
}

interface RulePlace {
  readonly scope: RuleScope;
  readonly depth: number;
}

function compileRule(rule: unknown, path: string, { scope, depth }: RulePlace): VisitTest {
  const { type, conditions, rules } = Object(rule);
  const parts = [listOf(conditions), listOf(rules)];
  if (!isJsonObject(rule) || parts.includes(undefined) || depth > MAX_DEPTH) {
    const expected =
      depth > MAX_DEPTH
        ? `rules at most ${MAX_DEPTH} levels deep`
        : 'an object whose `conditions` and `rules` are lists';
    scope.report(path, `expected ${expected}; it matches nobody`);
    return NOBODY;
  }
  const [own = [], nested = []] = parts;
  const conditionTests = own.map((condition, i) =>
    compileCondition(condition, `${path}.conditions[${i}]`, scope),
  );
  const ruleTests = nested.map((sub, i) =>
    compileRule(sub, `${path}.rules[${i}]`, { scope, depth: depth + 1 }),
  );
  const combined = [conditionTests, ruleTests]
    .filter((tests) => tests.length > 0)
    .map((tests) => combine(type, tests, () => scope.report(`${path}.type`, UNKNOWN_TYPE)));
  return every(combined);
}

const UNKNOWN_TYPE = 'expected ALL, ANY or NONE; the rule matches nobody';

/** A list that may be missing; undefined for anything else. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : undefined;
}

/** Conditions among themselves, and nested rules among themselves, combine by the rule's type. */
function combine(type: unknown, tests: readonly VisitTest[], unknownType: () => void): VisitTest {
  if (type === 'ALL') return every(tests);
  if (type === 'ANY') return some(tests);
  if (type === 'NONE') {
    const any = some(tests);
    return (visit) => !any(visit);
  }
  unknownType();
  return NOBODY;
}

function every(tests: readonly VisitTest[]): VisitTest {
  const [first, second] = tests;
  if (first === undefined) return EVERYBODY;
  if (second === undefined) return first;
  if (tests.length === 2) return (visit) => first(visit) && second(visit);
  return (visit) => tests.every((test) => test(visit));
}

function some(tests: readonly VisitTest[]): VisitTest {
  const [first, second] = tests;
  if (first === undefined) return NOBODY;
  if (second === undefined) return first;
  if (tests.length === 2) return (visit) => first(visit) || second(visit);
  return (visit) => tests.some((test) => test(visit));
}

function compileCondition(condition: unknown, path: string, scope: RuleScope): VisitTest {
  const { environment } = scope;
  const { operator, value, [environment.propertyField]: written } = Object(condition);
  const property = typeof written === 'string' ? written : '';
  try {
    if (operator === 'PERCENTAGE_SPLIT') return percentageSplit(property, value, scope);
    const test = typeof operator === 'string' ? compileOperator(operator, value) : undefined;
    if (test !== undefined) return conditionOn(property, test);
  } catch {
    // JSON can hold objects that cannot become a text.
    scope.report(`${path}.value`, 'expected a text; the condition never holds');
    return NOBODY;
  }
  const named = typeof operator === 'string' ? `"${operator}"` : typeof operator;
  scope.report(`${path}.operator`, `${named} is no operator of Flagsmith; it never holds`);
  return NOBODY;
}

function conditionOn(property: string, test: ValueTest): VisitTest {
  if (isOrdinaryTrait(property)) return (visit) => test(ordinaryTrait(visit, property));
  const read = propertyReader(property);
  return (visit) => test(read(visit));
}

/** PERCENTAGE_SPLIT: without a property it buckets the identity, else the property's value as a text. */
function percentageSplit(property: string, operand: unknown, scope: RuleScope): VisitTest {
  const limit = parseFloatLiteral(operandText(operand) ?? '');
  if (limit === undefined || Number.isNaN(limit)) return NOBODY;
  const { environment, segmentKey } = scope;
  if (property === '') {
    const percentage = new Percentage(`${segmentKey},${environment.bucketPrefix}`);
    return ({ bucketKey }) => bucketKey !== undefined && percentage.of(bucketKey) <= limit;
  }
  const percentage = new Percentage(`${segmentKey},`);
  const read = propertyReader(property);
  return (visit) => {
    const value = read(visit);
    return value !== null && percentage.of(pythonText(value)) <= limit;
  };
}
