import { isJsonObject } from '@halyard/core';
import { FlagHashes, HOLDOUT_HASH, Share } from '../dialect/share.ts';
import { EXPERIENCE_CONTINUITY, FAILED, inconclusive, UNSUPPORTED } from '../dialect/verdict.ts';
import type { PosthogFlag } from '../wire.ts';
import { Condition } from './condition.ts';
import type { DefinitionIndex } from './definitions.ts';
import { compileFilter, type Filter, type FilterPlace } from './filter.ts';
import { type Aggregation, Flag, type FlagParts, type Holdout } from './flag.ts';
import { readHoldout } from './holdout.ts';
import { Outcomes } from './outcome.ts';
import { matchOutcome, readVariants, type Variants } from './split.ts';
import { isReference, itemsOf, membersOf, propertiesOf } from './written.ts';

const PERSON: Aggregation = { kind: 'person' };
const DEVICE: Aggregation = { kind: 'device' };

/** What a flag is compiled with. */
interface FlagScope {
  readonly place: FilterPlace;
  readonly outcomes: Outcomes;
  readonly hashes: FlagHashes;
  readonly variants: Variants;
  /** The flag's own group type index; conditions without one of their own follow it. */
  readonly groupIndex: unknown;
}

/** Compiles a flag. Whatever is malformed in it is reported, and undecided for whoever comes upon it. */
export function compileFlag(flag: PosthogFlag, outcomes: Outcomes, place: FilterPlace): Flag {
  const { surroundings } = place;
  const filters = membersOf(flag.filters);
  const { groups, multivariate, aggregation_group_type_index: groupIndex } = filters;
  const hashes = new FlagHashes(flag.key);
  const variants = readVariants(multivariate, outcomes, hashes);
  if (variants === 'malformed') {
    place.report('filters.multivariate.variants', 'expected a list of variants with keys');
  }
  const aggregation = aggregationOf(flag, groupIndex, place);
  const settled = settledBy(flag, outcomes, aggregation);
  const scope: FlagScope = { place, outcomes, hashes, variants, groupIndex };
  return new Flag(outcomes, {
    settled,
    aggregation: aggregation ?? PERSON,
    holdout: holdoutOf(filters.holdout, outcomes),
    // Nobody comes to the conditions of a flag that is settled without them.
    conditions: settled === undefined ? conditionsOf(groups, scope) : [],
    isEarlyExit: Boolean(filters.early_exit),
    isAfresh: propertiesOf(flag).some(isReference) && surroundings.looksBeyondChains(place.owner),
    key: flag.key,
    definitions: surroundings.definitions,
  });
}

/** A flag that is not for here: false, whatever others ask of it. */
export function absentFlag(key: string, definitions: DefinitionIndex): Flag {
  const outcomes = new Outcomes({ key }, false);
  return new Flag(outcomes, {
    settled: { outcome: outcomes.off, path: 'evaluation_contexts' },
    aggregation: PERSON,
    holdout: undefined,
    conditions: [],
    isEarlyExit: false,
    isAfresh: false,
    key,
    definitions,
  });
}

/** Undefined for the index of a group type that does not exist. */
function aggregationOf(
  { bucketing_identifier }: PosthogFlag,
  groupIndex: unknown,
  { surroundings, warn }: FilterPlace,
): Aggregation | undefined {
  if (groupIndex === undefined || groupIndex === null) {
    return bucketing_identifier === 'device_id' ? DEVICE : PERSON;
  }
  const type = surroundings.definitions.groupType(groupIndex);
  if (type !== undefined) return { kind: 'group', type };
  warn('filters.aggregation_group_type_index', 'there is no group type of this index');
  return undefined;
}

/** What a flag is for everybody, before any condition is tried. */
function settledBy(
  flag: PosthogFlag,
  outcomes: Outcomes,
  aggregation: Aggregation | undefined,
): FlagParts['settled'] {
  if (!flag.active) return { outcome: outcomes.disabled, path: 'active' };
  if (flag.ensure_experience_continuity) {
    const outcome = outcomes.open(inconclusive(EXPERIENCE_CONTINUITY));
    return { outcome, path: 'ensure_experience_continuity' };
  }
  if (aggregation !== undefined) return undefined;
  return { outcome: outcomes.open(UNSUPPORTED), path: 'filters.aggregation_group_type_index' };
}

function holdoutOf(written: unknown, outcomes: Outcomes): Holdout | undefined {
  const holdout = readHoldout(written);
  if (holdout === undefined) return undefined;
  const share = new Share(holdout.fraction, HOLDOUT_HASH);
  return { share, outcome: outcomes.heldOut(holdout.value) };
}

function conditionsOf(groups: unknown, scope: FlagScope): readonly Condition[] {
  if (groups && !Array.isArray(groups)) {
    scope.place.report('filters.groups', 'expected a list of conditions');
    return [malformed('filters.groups', scope)];
  }
  const conditions = itemsOf(groups).map((written, i) =>
    compileCondition(written, pathOf(i), scope),
  );
  // A list that is filtered has room for more, of which thousands of flags would make megabytes.
  return conditions.includes(undefined)
    ? conditions.filter((condition) => condition !== undefined)
    : (conditions as readonly Condition[]);
}

/** The same text for all first conditions, as most flags have no other. */
function pathOf(index: number): string {
  return index === 0 ? 'filters.groups[0]' : `filters.groups[${index}]`;
}

/** Undefined for a condition about groups that do not exist, which is skipped. */
function compileCondition(written: unknown, path: string, scope: FlagScope): Condition | undefined {
  const { place, groupIndex, hashes } = scope;
  const { definitions } = place.surroundings;
  if (!isJsonObject(written)) {
    place.report(path, 'expected a condition, an object');
    return malformed(path, scope);
  }
  const own = written.aggregation_group_type_index;
  const isOfOtherGroups = own !== undefined && own !== null && own !== groupIndex;
  const groupType = isOfOtherGroups ? definitions.groupType(own) : undefined;
  if (isOfOtherGroups && groupType === undefined) return undefined;
  const rollout = hashes.rollout(written.rollout_percentage);
  return new Condition({
    path,
    groupType,
    filters: filtersOf(written.properties, `${path}.properties`, place),
    rollout,
    onMatch: matchOutcome(written.variant, rollout.isPartial, scope),
  });
}

function malformed(path: string, { outcomes, hashes }: FlagScope): Condition {
  return new Condition({
    path,
    groupType: undefined,
    filters: undefined,
    rollout: hashes.rollout(undefined),
    onMatch: outcomes.open(FAILED),
  });
}

/** Undefined for properties that are malformed. */
function filtersOf(
  properties: unknown,
  path: string,
  place: FilterPlace,
): readonly Filter[] | undefined {
  if (!properties) return [];
  const isSound = Array.isArray(properties) && properties.every(isJsonObject);
  if (isSound)
    return properties.map((one: object, i) => compileFilter(one, `${path}[${i}]`, place));
  place.report(path, 'expected a list of filters, which are objects');
  return undefined;
}
