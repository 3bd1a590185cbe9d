import type { JsonValue } from '@halyard/core';
import { HalyardError, isJsonObject, messageOf } from '@halyard/core';

/**
 * Flag definitions, as Mixpanel's `/flags/definitions` answers them.
 *
 * @see https://docs.mixpanel.com/docs/featureflags
 */
export interface MixpanelDefinitions {
  readonly flags: readonly MixpanelFlag[];
}

/** One flag. */
export interface MixpanelFlag {
  readonly id?: string;
  readonly name?: string;
  /** What the flag is read by, and part of what visitors are hashed with. */
  readonly key: string;
  /** Mixpanel serves enabled flags only; it makes no difference here. */
  readonly status?: 'enabled' | 'disabled' | 'archived';
  readonly project_id?: number;
  readonly workspace_id?: number;
  /** The field of the context that is hashed: `distinct_id`, `device_id`, or the key of a group. */
  readonly context: string;
  readonly experiment_id?: string | null;
  readonly is_experiment_active?: boolean | null;
  /** Hashed with the visitor; an empty one is not the same as none. */
  readonly hash_salt?: string | null;
  readonly ruleset?: MixpanelRules | null;
}

/** What decides a flag. */
export interface MixpanelRules {
  readonly variants?: readonly MixpanelVariant[] | null;
  /** Tried in order; the first that takes the visitor decides. */
  readonly rollout?: readonly MixpanelRollout[] | null;
  /** Testers, who get their variant whatever the rollouts say. */
  readonly test?: { readonly users?: Readonly<Record<string, string>> | null } | null;
}

/** A variant and its share. */
export interface MixpanelVariant {
  readonly key: string;
  readonly value: JsonValue;
  readonly is_control?: boolean;
  /** From 0 to 1. Default: 0. */
  readonly split?: number | null;
  readonly is_sticky?: boolean;
}

/** A share of the visitors, and what they get. */
export interface MixpanelRollout {
  /** From 0 to 1. */
  readonly rollout_percentage?: number | null;
  /** JSON Logic over `custom_properties`; without it, everybody's properties will do. */
  readonly runtime_evaluation_rule?: JsonValue;
  /** The older form of a rule: properties that must have these values. */
  readonly runtime_evaluation_definition?: Readonly<Record<string, JsonValue>> | null;
  /** Shares that go before the variants' own, by variant. */
  readonly variant_splits?: Readonly<Record<string, number>> | null;
  /** The variant that everybody gets who is taken. */
  readonly variant_override?: { readonly key?: string } | null;
  /** Cohorts are known to Mixpanel's servers alone. */
  readonly cohort_hash?: string | null;
}

/**
 * Reads definitions from their JSON.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or holds no definitions.
 */
export function parse(text: string | readonly string[]): MixpanelDefinitions {
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
export function requireDefinitions(definitions: unknown): MixpanelDefinitions {
  if (!isJsonObject(definitions)) throw malformed('they are not an object');
  if (!Array.isArray(definitions.flags)) throw malformed('`flags` is not a list');
  return definitions as unknown as MixpanelDefinitions;
}

function malformed(problem: string): HalyardError {
  return invalid(`expected flag definitions of Mixpanel, but ${problem}`);
}

function invalid(message: string, cause?: unknown): HalyardError {
  return new HalyardError('mixpanel', 'INVALID_DEFINITIONS', `${message}.`, { cause });
}
