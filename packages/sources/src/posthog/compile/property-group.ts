import {
  bothInconclusive,
  FAILED,
  isInconclusive,
  NO,
  not,
  requiresServer,
  UNSUPPORTED,
  UNSUPPORTED_DEFINITION,
  type Verdict,
  YES,
} from '../dialect/verdict.ts';
import { compileFilter, type FilterPlace, type FilterTest } from './filter.ts';
import { MAX_DEPTH, membersOf } from './written.ts';

const ELSEWHERE = requiresServer(UNSUPPORTED_DEFINITION);

/** Compiles the filters of a cohort, or a group among them. `path` is where it stands. */
export function compileGroup(
  group: unknown,
  path: string,
  place: FilterPlace & { readonly depth: number },
): FilterTest {
  // PostHog writes cohorts without any filter as an empty object.
  if (!group || Object.keys(Object(group)).length === 0) return always(YES);
  const { type, values } = membersOf(group);
  if (type !== 'AND' && type !== 'OR' && type !== 'property') {
    place.warn(`${path}.type`, "expected AND or OR; only PostHog's servers can decide it");
    return always(ELSEWHERE);
  }
  const isAll = type !== 'OR';
  if (!values) return always(isAll ? YES : NO);
  if (!Array.isArray(values) || (values.length > 0 && !isObject(values[0]))) {
    place.report(
      `${path}.values`,
      'expected a list of filters; whoever comes upon it is undecided',
    );
    return always(FAILED);
  }
  if (place.depth > MAX_DEPTH) {
    place.warn(path, `expected groups at most ${MAX_DEPTH} levels deep`);
    return always(UNSUPPORTED);
  }
  // The first member tells for all whether they are groups.
  const areGroups = values.length > 0 && Object.hasOwn(values[0], 'values');
  const inner = { ...place, depth: place.depth + 1 };
  const members = values.map((member: unknown, i) => {
    const at = `${path}.values[${i}]`;
    return areGroups ? compileGroup(member, at, inner) : compileMember(member, at, place);
  });
  return isAll ? every(members) : some(members);
}

function compileMember(member: unknown, path: string, place: FilterPlace): FilterTest {
  if (!isObject(member)) {
    place.report(path, 'expected a filter, an object; whoever comes upon it is undecided');
    return always(FAILED);
  }
  const { test } = compileFilter(member, path, place);
  return membersOf(member).negation ? (visit, subject) => not(test(visit, subject)) : test;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function always(verdict: Verdict): FilterTest {
  return () => verdict;
}

function every(members: readonly FilterTest[]): FilterTest {
  const [first] = members;
  return members.length === 1 && first !== undefined ? first : combined(members, NO, YES);
}

function some(members: readonly FilterTest[]): FilterTest {
  const [first] = members;
  return members.length === 1 && first !== undefined ? first : combined(members, YES, NO);
}

/**
 * Ends with the first member that settles it. Members that cannot be told are left for the end; what only
 * PostHog's servers know ends it at once.
 */
function combined(
  members: readonly FilterTest[],
  settled: Verdict,
  otherwise: Verdict,
): FilterTest {
  return (visit, subject) => {
    let open = NO;
    for (let i = 0; i < members.length; i++) {
      const verdict = (members[i] as FilterTest)(visit, subject);
      if (verdict === otherwise) continue;
      if (verdict === settled || !isInconclusive(verdict)) return verdict;
      open = open === NO ? verdict : bothInconclusive(open, verdict);
    }
    return open === NO ? otherwise : open;
  };
}
