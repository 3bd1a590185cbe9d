import type { FlagValue } from '@halyard/core';
import { HalyardError, isJsonObject, messageOf } from '@halyard/core';

/**
 * An environment document, as `GET environment-document/` answers it: the fields that evaluation uses.
 *
 * @see https://docs.flagsmith.com/clients/server-side
 */
export interface FlagsmithDocument {
  /** The environment's client-side key. It is part of what identities are bucketed by. */
  readonly api_key: string;
  readonly name?: string;
  /** ISO 8601; without a zone it is UTC. */
  readonly updated_at?: string;
  readonly feature_states: readonly FlagsmithFeatureState[];
  readonly project: { readonly segments?: readonly FlagsmithSegmentDefinition[] | null };
  readonly identity_overrides?: readonly FlagsmithIdentityOverride[] | null;
}

/** What a feature is set to: in the environment, for a segment or for one identity. */
export interface FlagsmithFeatureState {
  readonly feature: { readonly id: number; readonly name: string; readonly type?: string };
  readonly enabled: boolean;
  /** The value, and the control value of a multivariate feature. */
  readonly feature_state_value?: FlagValue | null;
  readonly django_id?: number | null;
  readonly featurestate_uuid?: string;
  /** Lower numbers win between segments. */
  readonly feature_segment?: { readonly priority?: number | null } | null;
  readonly multivariate_feature_state_values?: readonly FlagsmithMultivariateValue[] | null;
  /** Present while an experiment runs. */
  readonly metadata?: FlagsmithFeatureMetadata | null;
}

/** What Flagsmith tells of the experiment that a feature is part of. */
export interface FlagsmithFeatureMetadata {
  readonly experiment?: {
    readonly id?: number | string;
    readonly name?: string;
    readonly in_experiment?: boolean;
  };
}

/** One option of a multivariate feature, and its share. */
export interface FlagsmithMultivariateValue {
  readonly id?: number | null;
  readonly mv_fs_value_uuid?: string;
  /** Per cent. What the options leave is the control's. */
  readonly percentage_allocation: number;
  readonly multivariate_feature_option: {
    readonly value: FlagValue | null;
    /** The variant's name. */
    readonly key?: string | null;
  };
}

/** A segment with the features that it overrides. */
export interface FlagsmithSegmentDefinition {
  readonly id: number;
  readonly name: string;
  readonly rules: readonly FlagsmithRule[];
  readonly feature_states?: readonly FlagsmithFeatureState[] | null;
}

/** Conditions and further rules, combined by the rule's type. */
export interface FlagsmithRule {
  readonly type: 'ALL' | 'ANY' | 'NONE';
  readonly rules?: readonly FlagsmithRule[] | null;
  readonly conditions?: readonly FlagsmithCondition[] | null;
}

/** One comparison of a trait, or of a JSONPath into the evaluation context, with a value. */
export interface FlagsmithCondition {
  readonly operator: string;
  readonly property_?: string | null;
  readonly value?: string | null;
}

/** The features that are set for one identity. */
export interface FlagsmithIdentityOverride {
  readonly identifier: string;
  readonly identity_features?: readonly FlagsmithFeatureState[] | null;
}

/**
 * Reads the pages of an environment document. The first one is the document; the others only add
 * identity overrides.
 *
 * @throws HalyardError INVALID_DEFINITIONS when a page is not JSON or holds no document.
 */
export function parse(pages: string | readonly string[]): FlagsmithDocument {
  const [first = '', ...others] = typeof pages === 'string' ? [pages] : pages;
  const document = requireDocument(parsePage(first, 1));
  if (others.length === 0) return document;
  const overrides = [...(document.identity_overrides ?? [])];
  others.forEach((page, i) => {
    overrides.push(...overridesOf(parsePage(page, i + 2), i + 2));
  });
  return { ...document, identity_overrides: overrides };
}

function parsePage(text: string, page: number): unknown {
  // Some editors on Windows write a byte order mark, which JSON.parse does not accept.
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw invalid(
      `page ${page} of the environment document is not valid JSON (${messageOf(cause)})`,
      cause,
    );
  }
}

function overridesOf(page: unknown, number: number): readonly FlagsmithIdentityOverride[] {
  const overrides = isJsonObject(page) ? (page.identity_overrides ?? []) : undefined;
  if (Array.isArray(overrides)) return overrides;
  throw invalid(
    `page ${number} of the environment document must be an object with \`identity_overrides\`, a list`,
  );
}

/** Checks the document's outline; @throws HalyardError INVALID_DEFINITIONS when it is no environment. */
export function requireDocument(document: unknown): FlagsmithDocument {
  if (!isJsonObject(document)) throw malformed('the document', 'an object');
  const { api_key, feature_states, project } = document;
  if (typeof api_key !== 'string') throw malformed('`api_key`', "the environment's key");
  if (!Array.isArray(feature_states)) throw malformed('`feature_states`', 'a list');
  if (!isJsonObject(project)) throw malformed('`project`', 'an object');
  if (!isListOrNone(project.segments)) throw malformed('`project.segments`', 'a list');
  if (!isListOrNone(document.identity_overrides)) throw malformed('`identity_overrides`', 'a list');
  return document as unknown as FlagsmithDocument;
}

function isListOrNone(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value);
}

function malformed(part: string, expected: string): HalyardError {
  return invalid(`expected an environment document of Flagsmith, but ${part} is not ${expected}`);
}

function invalid(message: string, cause?: unknown): HalyardError {
  return new HalyardError('flagsmith', 'INVALID_DEFINITIONS', `${message}.`, { cause });
}

/** When a document was last changed, in Unix milliseconds; undefined when it does not say. */
export function updatedAt({ updated_at: text }: FlagsmithDocument): number | undefined {
  if (typeof text !== 'string') return undefined;
  const time = Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? undefined : time;
}
