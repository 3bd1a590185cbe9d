import { isJsonObject } from '@halyard/core';
import {
  EXPERIENCE_CONTINUITY,
  NO_REASON,
  type Reason,
  UNSUPPORTED_DEFINITION,
} from '../dialect/verdict.ts';
import { compileOperator } from '../dialect.ts';
import type { DefinitionIndex } from './definitions.ts';
import { chainOf, MAX_DEPTH, membersOf, nameOf } from './written.ts';

/** Whether something can be evaluated here for everybody. What is malformed ends the search for an answer. */
type Support = 'supported' | 'unsupported' | 'malformed';

/**
 * Why, by its definition alone, a flag cannot be decided here for everybody; {@link NO_REASON} when nothing
 * in it stands against that, undefined when something malformed comes before anything that does.
 */
export function reasonInDefinition(key: string, definitions: DefinitionIndex): Reason | undefined {
  const flag = definitions.flag(key);
  if (!flag?.active) return NO_REASON;
  if (flag.ensure_experience_continuity) return EXPERIENCE_CONTINUITY;
  const { aggregation_group_type_index: index, groups } = membersOf(flag.filters);
  const isOfGroups = index !== undefined && index !== null;
  if (isOfGroups && definitions.groupType(index) === undefined) return UNSUPPORTED_DEFINITION;
  const support = supportOfAll(groups || [], (condition) =>
    supportOfAll(condition.properties || [], (property) =>
      supportOfProperty(property, { definitions, cohorts: new Set(), depth: 0 }),
    ),
  );
  if (support === 'malformed') return undefined;
  return support === 'supported' ? NO_REASON : UNSUPPORTED_DEFINITION;
}

interface Search {
  readonly definitions: DefinitionIndex;
  /** The cohorts that have been looked at, or are being. */
  readonly cohorts: Set<string>;
  readonly depth: number;
}

type Written = Readonly<Record<string, unknown>>;

/** The first item that is not supported decides. */
function supportOfAll(items: unknown, supportOf: (item: Written) => Support): Support {
  if (!Array.isArray(items)) return 'malformed';
  for (const item of items) {
    const support = isJsonObject(item) ? supportOf(item) : 'malformed';
    if (support !== 'supported') return support;
  }
  return 'supported';
}

function supportOfProperty(property: Written, search: Search): Support {
  const { definitions, cohorts } = search;
  const { type, value, operator } = property;
  if (type === 'flag') {
    return supported(chainOf(property)?.every((key) => definitions.isKnown(key)) === true);
  }
  if (type !== 'cohort') {
    return supported(compileOperator(operator, value, definitions.matchingVersion).isUsable);
  }
  const id = nameOf(value);
  if (!definitions.hasCohort(id)) return 'unsupported';
  if (cohorts.has(id)) return 'supported';
  cohorts.add(id);
  return supportOfGroup(membersOf(definitions.cohort(id)), search);
}

function supportOfGroup(group: Written, search: Search): Support {
  const inner = { ...search, depth: search.depth + 1 };
  if (inner.depth > MAX_DEPTH) return 'unsupported';
  return supportOfAll(group.values ?? [], (member) =>
    Object.hasOwn(member, 'values')
      ? supportOfGroup(member, inner)
      : supportOfProperty(member, inner),
  );
}

function supported(isSupported: boolean): Support {
  return isSupported ? 'supported' : 'unsupported';
}
