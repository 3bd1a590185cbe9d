import type { JsonValue, TraceStep } from '@halyard/core';
import type { ValueTest } from '../dialect/test.ts';
import {
  not,
  requiresServer,
  UNSUPPORTED,
  UNSUPPORTED_DEFINITION,
  type Verdict,
} from '../dialect/verdict.ts';
import { compileOperator, isOperator, type PropertyTest } from '../dialect.ts';
import type { Cohort } from './cohort.ts';
import type { DefinitionIndex } from './definitions.ts';
import { dependencyTest } from './dependency.ts';
import type { Flag } from './flag.ts';
import type { Reference } from './references.ts';
import {
  ABSENT,
  anyProperty,
  isOrdinary,
  isReserved,
  ordinaryProperty,
  type Subject,
} from './subject.ts';
import type { Visit } from './visit.ts';
import { membersOf, nameOf } from './written.ts';

/** Whether a visitor, or one of their groups, satisfies a filter. */
export type FilterTest = (visit: Visit, subject: Subject) => Verdict;

/** One filter, compiled, with what to say of it in an explanation. */
export interface Filter {
  readonly test: FilterTest;
  readonly kind: TraceStep['kind'];
  readonly detail: Readonly<Record<string, JsonValue>>;
  /** The cohort that the filter asks for, so that the test is the cohort's own. */
  readonly cohort?: Cohort;
}

/** What filters may refer to. */
export interface Surroundings {
  readonly definitions: DefinitionIndex;
  /** A flag that others depend on. */
  dependency(key: string): Flag;
  cohort(id: string): Cohort | undefined;
  /** Why one thing cannot be evaluated for another, such as `depends on itself`; undefined when it can. */
  problemWith(reference: Reference, owner: Reference): string | undefined;
  /** Whether evaluating something may come upon a filter on a flag that its own chain does not evaluate. */
  looksBeyondChains(reference: Reference): boolean;
}

/** Where a filter stands. */
export interface FilterPlace {
  readonly surroundings: Surroundings;
  /** The flag or cohort that it belongs to. */
  readonly owner: Reference;
  /** Tells what is malformed. */
  report(path: string, message: string): void;
  /** Tells what is sound, but cannot be evaluated here. */
  warn(path: string, message: string): void;
}

/** A cohort that is a list of persons, or is not known: only PostHog's servers have it. */
const ELSEWHERE = requiresServer(UNSUPPORTED_DEFINITION);

/** Compiles a filter on a property, a cohort or another flag. */
export function compileFilter(written: object, path: string, place: FilterPlace): Filter {
  const { type } = membersOf(written);
  if (type === 'cohort') return cohortFilter(written, path, place);
  return type === 'flag' ? flagFilter(written, path, place) : propertyFilter(written, path, place);
}

function propertyFilter(written: object, path: string, place: FilterPlace): Filter {
  const { key, operator, value } = membersOf(written);
  const { definitions } = place.surroundings;
  const name = nameOf(key);
  if (!isOperator(operator)) {
    const problem = `${JSON.stringify(operator)} is no operator that can be evaluated here`;
    place.warn(`${path}.operator`, `${problem}; only PostHog's servers can decide it`);
  }
  if (isReserved(name)) {
    place.warn(`${path}.key`, `"${name}" is no property: contexts keep that name for themselves`);
  }
  const test = compileOperator(operator, value, definitions.matchingVersion);
  return {
    test: propertyTest(name, test),
    kind: 'rule',
    detail: { property: name, operator: nameOf(operator || 'exact') },
  };
}

/** Texts, which most properties are, take the shortest way. */
function propertyTest(
  name: string,
  { test, ofAbsent, ofUndefined, ofNull }: PropertyTest,
): FilterTest {
  const ofAny: ValueTest = (value, clock) => {
    if (value === ABSENT) return ofAbsent;
    if (value === undefined) return ofUndefined;
    return value === null ? ofNull : test(value, clock);
  };
  if (!isOrdinary(name)) return (visit, subject) => ofAny(anyProperty(subject, name), visit);
  return (visit, subject) => {
    const value = ordinaryProperty(subject, name);
    return typeof value === 'string' ? test(value, visit) : ofAny(value, visit);
  };
}

function cohortFilter(written: object, path: string, place: FilterPlace): Filter {
  const { value, operator } = membersOf(written);
  const { surroundings, owner } = place;
  const id = nameOf(value);
  const detail = { cohort: id };
  const fixed = (verdict: Verdict): Filter => ({
    test: () => verdict,
    kind: 'segment',
    detail,
  });
  const cohort = surroundings.cohort(id);
  if (cohort === undefined) return fixed(ELSEWHERE);
  const problem = surroundings.problemWith(`cohort:${id}`, owner);
  if (problem !== undefined) {
    place.warn(path, `cohort ${id} ${problem}; only PostHog's servers can decide it`);
    return fixed(UNSUPPORTED);
  }
  if (operator === 'not_in') {
    const test: FilterTest = (visit, subject) => not(cohort.verdict(visit, subject));
    return { test, kind: 'segment', detail };
  }
  const test: FilterTest = (visit, subject) => cohort.verdict(visit, subject);
  return { test, kind: 'segment', detail, cohort };
}

function flagFilter(written: object, path: string, place: FilterPlace): Filter {
  return {
    test: dependencyTest(written, path, place),
    kind: 'dependency',
    detail: { flag: nameOf(membersOf(written).key) },
  };
}
