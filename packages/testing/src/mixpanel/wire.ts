/** What the emulator needs to know of flag definitions; all of it is sent. Plain JSON. */
export interface MixpanelDefinitionsLike {
  readonly flags: readonly MixpanelFlagLike[];
}

/** What definitions say about a flag. */
export interface MixpanelFlagLike {
  readonly key: string;
  /** The field of the context that visitors are told apart by. */
  readonly context?: string;
  readonly experiment_id?: string | null;
  readonly is_experiment_active?: boolean | null;
  readonly ruleset?: MixpanelRulesLike | null;
}

/** What decides a flag. */
export interface MixpanelRulesLike {
  readonly variants?: readonly MixpanelVariantLike[] | null;
  readonly rollout?: readonly MixpanelRolloutLike[] | null;
}

/** A variant, and which share of the visitors has it. */
export interface MixpanelVariantLike {
  readonly key: string;
  readonly value?: unknown;
  /** From 0 to 1. */
  readonly split?: number | null;
}

/** Who gets a variant at all. */
export interface MixpanelRolloutLike {
  /** From 0 to 1. */
  readonly rollout_percentage?: number | null;
  readonly runtime_evaluation_rule?: unknown;
  readonly runtime_evaluation_definition?: unknown;
  readonly variant_splits?: Readonly<Record<string, number>> | null;
  readonly variant_override?: { readonly key?: string } | null;
}

/** Whose flags are asked for, as the query of a request to `/flags` says it. */
export interface MixpanelFlagsRequest {
  readonly context: MixpanelContext;
  /** Which flag to answer. Default: all. */
  readonly flag_key?: string;
}

/** The context of a request to `/flags`. */
export interface MixpanelContext {
  readonly distinct_id: string;
  readonly [field: string]: unknown;
}

/** What `/flags` answers. */
export interface MixpanelFlagsResponse {
  readonly code: number;
  /** The flags that the visitor has a variant of. */
  readonly flags: Readonly<Record<string, MixpanelSelection>>;
}

/** The variant of a visitor. */
export interface MixpanelSelection {
  readonly variant_key: string;
  readonly variant_value: unknown;
  readonly experiment_id?: string | null;
  readonly is_experiment_active?: boolean | null;
  readonly is_qa_tester?: boolean | null;
}

/** An event, by either way it came. */
export interface MixpanelEvent {
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An event of a batch that `/import` did not take. */
export interface MixpanelFailedRecord {
  readonly index: number;
  readonly insert_id: string;
  readonly field: string;
  readonly message: string;
}

/** The event name of exposures. */
export const EXPERIMENT_STARTED = '$experiment_started';
