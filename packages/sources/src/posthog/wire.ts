import type { JsonValue } from '@halyard/core';
import { HalyardError, isJsonObject, messageOf } from '@halyard/core';

/**
 * Flag definitions, as PostHog's `/flags/definitions` answers them, and as its SDKs keep them in a shared
 * cache. Some fields have two spellings there; the one with underscores goes before the other.
 *
 * @see https://posthog.com/docs/feature-flags/local-evaluation
 */
export interface PosthogDefinitions {
  readonly flags: readonly PosthogFlag[];
  /** The names of the group types by their indexes: `{ "0": "company" }`. */
  readonly group_type_mapping?: Readonly<Record<string, string>> | null;
  readonly groupTypeMapping?: Readonly<Record<string, string>> | null;
  /** The cohorts that can be evaluated from properties, by their ids. */
  readonly cohorts?: Readonly<Record<string, PosthogPropertyGroup>> | null;
  /** Whether exposures of flags without an experiment may leave things out. */
  readonly minimal_flag_called_events?: boolean | null;
  readonly minimalFlagCalledEvents?: boolean | null;
  /** 2: `true` and `false` are compared as texts; anything else: by what they say. */
  readonly property_matching_version?: number | null;
  readonly propertyMatchingVersion?: number | null;
}

/** One flag. */
export interface PosthogFlag {
  readonly id?: number;
  readonly key: string;
  readonly name?: string;
  readonly active?: boolean;
  /** The answer to a visitor must not change when they sign in, which only the server can see to. */
  readonly ensure_experience_continuity?: boolean | null;
  readonly has_experiment?: boolean | null;
  /** What percentages of persons are computed from. */
  readonly bucketing_identifier?: 'distinct_id' | 'device_id' | '' | null;
  /** Where the flag is evaluated; everywhere, when there are none. */
  readonly evaluation_contexts?: readonly string[] | null;
  /** The older name of `evaluation_contexts`. */
  readonly evaluation_tags?: readonly string[] | null;
  readonly evaluation_runtime?: 'all' | 'client' | 'server' | null;
  readonly filters?: PosthogFilters | null;
}

/** What decides a flag. */
export interface PosthogFilters {
  /** Tried in order. */
  readonly groups?: readonly PosthogCondition[] | null;
  readonly multivariate?: { readonly variants?: readonly PosthogVariant[] | null } | null;
  /** Payloads by variant, and by `true` for flags without one: JSON, or a text that holds it. */
  readonly payloads?: Readonly<Record<string, JsonValue>> | null;
  /** The group type that is evaluated instead of the person. */
  readonly aggregation_group_type_index?: number | null;
  /** Whether a condition that matches, but not within its percentage, ends the evaluation. */
  readonly early_exit?: boolean | null;
  readonly holdout?: { readonly id?: number; readonly exclusion_percentage?: number } | null;
}

/** A variant and its share. */
export interface PosthogVariant {
  readonly key: string;
  readonly name?: string | null;
  /** Per cent. */
  readonly rollout_percentage: number;
}

/** One way for a flag to be on. */
export interface PosthogCondition {
  readonly properties?: readonly PosthogProperty[] | null;
  /** Per cent of those whose properties match. */
  readonly rollout_percentage?: number | null;
  /** The variant that everybody gets who matches. */
  readonly variant?: string | null;
  /** The group type that this condition is about; when the field is there, it goes before the flag's. */
  readonly aggregation_group_type_index?: number | null;
}

/** One filter: on a property, on a cohort (`type` `cohort`), or on another flag (`type` `flag`). */
export interface PosthogProperty {
  readonly key?: string;
  readonly type?: string;
  readonly value?: JsonValue;
  readonly operator?: string | null;
  /** Turns the filter round; only within cohorts. */
  readonly negation?: boolean | null;
  /** The flags to evaluate, in order, for a filter on another flag. */
  readonly dependency_chain?: readonly string[];
}

/** A cohort's filters, or groups of them; an empty object matches everybody. */
export interface PosthogPropertyGroup {
  readonly type?: string;
  readonly values?: readonly (PosthogPropertyGroup | PosthogProperty)[];
}

/**
 * Reads definitions from their JSON, whole, as other SDKs will want to find them in a shared cache.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or holds no definitions.
 */
export function parse(text: string | readonly string[]): PosthogDefinitions {
  const [page = ''] = typeof text === 'string' ? [text] : text;
  // Some editors on Windows write a byte order mark, which JSON.parse does not accept.
  const json = page.charCodeAt(0) === 0xfeff ? page.slice(1) : page;
  let definitions: unknown;
  try {
    definitions = JSON.parse(json);
  } catch (cause) {
    throw invalid(`the flag definitions are not valid JSON (${messageOf(cause)})`, cause);
  }
  return requireDefinitions(definitions);
}

/** Checks the outline; @throws HalyardError INVALID_DEFINITIONS when these are no flag definitions. */
export function requireDefinitions(definitions: unknown): PosthogDefinitions {
  if (!isJsonObject(definitions)) throw malformed('they are not an object');
  const { flags, cohorts, group_type_mapping, groupTypeMapping } = definitions;
  if (!Array.isArray(flags)) throw malformed('`flags` is not a list');
  if (!isObjectOrNone(cohorts)) throw malformed('`cohorts` is not an object');
  if (!isObjectOrNone(group_type_mapping ?? groupTypeMapping)) {
    throw malformed('`group_type_mapping` is not an object');
  }
  return definitions as unknown as PosthogDefinitions;
}

function isObjectOrNone(value: unknown): boolean {
  return value === undefined || value === null || isJsonObject(value);
}

function malformed(problem: string): HalyardError {
  return invalid(`expected flag definitions of PostHog, but ${problem}`);
}

function invalid(message: string, cause?: unknown): HalyardError {
  return new HalyardError('posthog', 'INVALID_DEFINITIONS', `${message}.`, { cause });
}
