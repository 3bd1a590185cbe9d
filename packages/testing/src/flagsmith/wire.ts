/** What the emulator needs to know of an environment document; all of it is sent. Plain JSON. */
export interface FlagsmithDocumentLike {
  readonly id?: number;
  /** The client-side key of the environment, which also names its realtime stream. */
  readonly api_key: string;
  readonly name?: string;
  /** ISO 8601; without a zone it is UTC. Default: when the emulator got the document. */
  readonly updated_at?: string;
  readonly feature_states: readonly FlagsmithFeatureStateLike[];
  readonly project?: unknown;
  readonly identity_overrides?: readonly unknown[] | null;
}

/** What an environment says about a feature. */
export interface FlagsmithFeatureStateLike {
  readonly feature: FlagsmithFeature;
  readonly enabled: boolean;
  readonly feature_state_value?: unknown;
  readonly django_id?: number | null;
  readonly featurestate_uuid?: string;
  readonly feature_segment?: unknown;
  readonly multivariate_feature_state_values?: readonly unknown[] | null;
  readonly metadata?: unknown;
}

export interface FlagsmithFeature {
  readonly id: number;
  readonly name: string;
  readonly type?: string;
}

/** A flag as `flags/` and `identities/` answer it. */
export interface FlagsmithFlag {
  readonly feature: FlagsmithFeature;
  readonly enabled: boolean;
  readonly feature_state_value: unknown;
  readonly variant?: string | null;
  readonly reason?: string;
  readonly metadata?: unknown;
}

/** Text of a trait has at most 2,000 characters. */
export type FlagsmithTraitValue = string | number | boolean;

export type FlagsmithTraits = Readonly<Record<string, FlagsmithTraitValue>>;

/** Who flags are asked for. */
export interface FlagsmithIdentity {
  readonly identifier: string;
  /** The stored traits and those of the request, transient ones included. */
  readonly traits: FlagsmithTraits;
}

/** One entry of a batch of events. Every key is always there. */
export interface FlagsmithEvent {
  /** `$flag_exposure`, or the name of a custom event, which does not begin with `$`. */
  readonly event: string;
  readonly feature_name: string | null;
  readonly identifier: string | null;
  /** For exposures: the key of the variant. */
  readonly value: string | null;
  readonly traits: Readonly<Record<string, unknown>> | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Unix milliseconds. */
  readonly timestamp: number;
}

/** The event name of exposures. */
export const FLAG_EXPOSURE = '$flag_exposure';
