import {
  inconclusive,
  isAboutPattern,
  isForServer,
  isInconclusive,
  NO,
  requiresServer,
  UNRESOLVED_DEPENDENCY,
  UNSUPPORTED,
  type Verdict,
  YES,
} from '../dialect/verdict.ts';
import type { FilterPlace, FilterTest } from './filter.ts';
import { chainOf, membersOf, nameOf } from './written.ts';

/**
 * The test of a filter on another flag: evaluates the flags of its chain in order, and compares what the
 * one in question is. A chain that leads back to where the filter stands cannot be evaluated.
 */
export function dependencyTest(written: object, path: string, place: FilterPlace): FilterTest {
  const { surroundings, owner } = place;
  const { definitions } = surroundings;
  const { key, value } = membersOf(written);
  const unsupported = (problem: string): FilterTest => {
    place.warn(path, `${problem}; only PostHog's servers can decide it`);
    return () => UNSUPPORTED;
  };
  const chain = chainOf(written);
  if (chain === undefined) return unsupported('expected `dependency_chain`, a list of flags’ keys');
  const unknown = chain.find((link) => !definitions.isKnown(link));
  if (unknown !== undefined)
    return unsupported(`depends on the flag "${unknown}", which is missing`);
  for (const link of chain) {
    const problem = surroundings.problemWith(`flag:${link}`, owner);
    if (problem !== undefined) return unsupported(problem);
  }
  const target = once(() => surroundings.dependency(nameOf(key)));
  const dependencies = once(() => chain.map((link) => surroundings.dependency(link)));
  return (visit) => {
    const links = dependencies();
    for (const link of links) {
      const outcome = visit.outcomeOf(link);
      if (outcome.value === undefined) return unresolved(outcome.verdict);
    }
    return isExpected(value, visit.found(target())) ? YES : NO;
  };
}

/** When it is first needed: flags that depend on each other in a long row are not all compiled at once. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A flag that nothing has evaluated is not even false. */
function isExpected(expected: unknown, answer: boolean | string | undefined): boolean {
  if (typeof expected === 'string') return answer === expected;
  if (expected === true) return answer === true || (typeof answer === 'string' && answer !== '');
  return expected === false && answer === false;
}

function unresolved(verdict: Verdict): Verdict {
  if (isForServer(verdict)) return requiresServer(UNRESOLVED_DEPENDENCY);
  return inconclusive(UNRESOLVED_DEPENDENCY, isInconclusive(verdict) && isAboutPattern(verdict));
}
