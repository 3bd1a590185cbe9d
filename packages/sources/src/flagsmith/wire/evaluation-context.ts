import type { FlagValue } from '@halyard/core';

/**
 * The evaluation context of Flagsmith's engine: the environment, its features and segments, and the
 * identity they are evaluated for.
 *
 * @see https://github.com/Flagsmith/flagsmith/blob/main/sdk/evaluation-context.json
 */
export interface FlagsmithEvaluationContext {
  readonly environment: { readonly key: string; readonly name?: string };
  readonly identity?: {
    readonly identifier: string;
    /** What the identity is bucketed by. Default: the environment's key, `_` and the identifier. */
    readonly key?: string | null;
    readonly traits?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly features?: Readonly<Record<string, FlagsmithFeatureContext>> | null;
  readonly segments?: Readonly<Record<string, FlagsmithSegmentContext>> | null;
}

/** A feature of the environment, or what a segment overrides it with. */
export interface FlagsmithFeatureContext {
  /** What percentages of this feature are computed from. */
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly value: FlagValue | null;
  readonly variants?: readonly FlagsmithVariantContext[] | null;
  /** Lower numbers win. Absent: wins over nothing. */
  readonly priority?: number | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/** One option of a multivariate feature. */
export interface FlagsmithVariantContext {
  readonly value: FlagValue | null;
  /** Per cent. */
  readonly weight: number;
  /** The order in which options take their shares, lower first. */
  readonly priority?: number | bigint | null;
  /** The variant's name. */
  readonly key?: string | null;
}

/** A segment with its rules and overrides. */
export interface FlagsmithSegmentContext {
  readonly key: string;
  readonly name: string;
  readonly rules: readonly FlagsmithRuleContext[];
  readonly overrides?: readonly FlagsmithFeatureContext[] | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/** Conditions and further rules, combined by the rule's type. */
export interface FlagsmithRuleContext {
  readonly type: 'ALL' | 'ANY' | 'NONE';
  readonly rules?: readonly FlagsmithRuleContext[] | null;
  readonly conditions?: readonly FlagsmithConditionContext[] | null;
}

/** One comparison. */
export interface FlagsmithConditionContext {
  readonly operator: string;
  readonly property?: string | null;
  readonly value?: string | readonly unknown[] | null;
}

/** What the engine answers. */
export interface FlagsmithEvaluationResult {
  readonly flags: Readonly<Record<string, FlagsmithFlagResult>>;
  /** The segments that match, in the context's order. */
  readonly segments: readonly FlagsmithSegmentResult[];
}

/** One flag of the engine's answer. */
export interface FlagsmithFlagResult {
  readonly name: string;
  readonly enabled: boolean;
  readonly value: FlagValue | null;
  /** `DEFAULT`, `TARGETING_MATCH; segment=NAME` or `SPLIT; weight=W`. */
  readonly reason: string;
  /** The variant's name, `control`, or null for features without variants. */
  readonly variant: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A segment that matches. */
export interface FlagsmithSegmentResult {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}
