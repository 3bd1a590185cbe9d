/** What the emulator needs to know of flag definitions; all of it is sent. Plain JSON. */
export interface PosthogDefinitionsLike {
  readonly flags: readonly PosthogFlagLike[];
  readonly group_type_mapping?: unknown;
  readonly cohorts?: unknown;
  /** Only `true` counts. */
  readonly minimal_flag_called_events?: boolean | null;
  readonly property_matching_version?: unknown;
}

/** What definitions say about a flag. */
export interface PosthogFlagLike {
  readonly id?: number;
  readonly key: string;
  /** What people call it: the description in answers. */
  readonly name?: string;
  readonly active?: boolean;
  readonly version?: number | null;
  readonly has_experiment?: boolean | null;
  readonly ensure_experience_continuity?: unknown;
  readonly bucketing_identifier?: unknown;
  readonly evaluation_contexts?: unknown;
  readonly evaluation_tags?: unknown;
  readonly evaluation_runtime?: unknown;
  readonly filters?: PosthogFiltersLike | null;
}

/** What decides a flag. */
export interface PosthogFiltersLike {
  readonly groups?: readonly PosthogConditionLike[] | null;
  readonly multivariate?: unknown;
  /** By variant, or by `true`: JSON, or text that holds it. */
  readonly payloads?: Readonly<Record<string, unknown>> | null;
  readonly aggregation_group_type_index?: unknown;
  readonly early_exit?: unknown;
  readonly holdout?: unknown;
}

/** One way for a flag to be on. */
export interface PosthogConditionLike {
  readonly properties?: readonly unknown[] | null;
  /** Per cent; null for all. */
  readonly rollout_percentage?: number | null;
  readonly variant?: string | null;
  readonly aggregation_group_type_index?: unknown;
}

/** Whose flags are asked for, as the body of a request to `/flags/` says it. */
export interface PosthogFlagsRequest {
  readonly distinct_id: string;
  /** The key of the visitor's group, by group type. */
  readonly groups?: Readonly<Record<string, unknown>>;
  readonly person_properties?: Readonly<Record<string, unknown>>;
  /** By group type. */
  readonly group_properties?: Readonly<Record<string, unknown>>;
  readonly $device_id?: string;
  /** Which flags to answer. Default: all. */
  readonly flag_keys_to_evaluate?: readonly string[];
  readonly evaluation_contexts?: readonly string[];
  readonly evaluation_runtime?: string;
  readonly geoip_disable?: boolean;
}

/** What `/flags/?v=2` answers. */
export interface PosthogFlagsResponse {
  readonly flags: Readonly<Record<string, PosthogFlagRecord>>;
  readonly errorsWhileComputingFlags: boolean;
  readonly requestId: string;
  /** Unix milliseconds. */
  readonly evaluatedAt: number;
  /** What the project has used up, such as `feature_flags`. */
  readonly quotaLimited?: readonly string[];
  readonly minimalFlagCalledEvents?: true;
}

/** A flag as it is answered. */
export interface PosthogFlagRecord {
  readonly key: string;
  readonly enabled: boolean;
  readonly variant: string | null;
  readonly reason: {
    /** For example `condition_match` or `no_condition_match`. */
    readonly code: string;
    readonly condition_index: number | null;
    readonly description?: string | null;
  };
  readonly metadata: {
    readonly id: number;
    readonly version: number;
    readonly description: string | null;
    /** JSON. */
    readonly payload: string | null;
    readonly has_experiment: boolean | null;
  };
  /** Nothing is known about the flag: its evaluation failed. */
  readonly failed?: boolean;
}

/** One event of a batch. */
export interface PosthogEvent {
  readonly event: string;
  readonly distinct_id: string;
  readonly uuid?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The event name of exposures. */
export const FEATURE_FLAG_CALLED = '$feature_flag_called';
