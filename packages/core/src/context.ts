/** What an attribute of an evaluation context may be (OpenFeature's context values, plus undefined). */
export type EvaluationContextValue =
  | null
  | undefined
  | boolean
  | string
  | number
  | Date
  | readonly EvaluationContextValue[]
  | { readonly [key: string]: EvaluationContextValue };

/**
 * Who or what a flag is evaluated for, as the application gives it. Each backend maps it to its own
 * terms (Flagsmith identifier and traits, PostHog distinct id and person properties); attributes are
 * never copied, and only own properties are read.
 */
export interface EvaluationContext {
  /** Uniquely identifies the subject of the evaluation; percentage rollouts bucket on it. */
  readonly targetingKey?: string | undefined;
  readonly [attribute: string]: EvaluationContextValue;
}

/** The context of an evaluation that knows nothing about its subject. */
export const EMPTY_CONTEXT: EvaluationContext = Object.freeze({});
