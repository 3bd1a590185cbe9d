import {
  type ErrorCode,
  type EvaluationDetails,
  type FlagMetadata,
  type FlagValueType,
  flagValueType,
  type ResolutionReason,
} from '@halyard/core';

/**
 * What a resolver answers (OpenFeature 2.2.3 to 2.2.10), in core's words: the SDKs' own types differ
 * only in naming the error codes by an enum of the same strings.
 */
export interface TypedResolution<T> {
  readonly value: T;
  readonly variant?: string | undefined;
  readonly reason: ResolutionReason;
  readonly errorCode?: ErrorCode | undefined;
  readonly errorMessage?: string | undefined;
  readonly flagMetadata: FlagMetadata;
}

/** A typed read: what was asked for, and what to fall back to. */
export interface TypedRead<T> {
  readonly flagKey: string;
  readonly type: FlagValueType;
  readonly defaultValue: T;
}

/**
 * The resolution of a flag that has a value, if the value is of the type that was asked for. The SDKs'
 * clients pass any value on unchecked, though OpenFeature 1.3.4 would have them check
 * (specs/platform.md §1.1), so a value of another type becomes TYPE_MISMATCH here.
 */
export function typedResolution<T>(
  { flagKey, type, defaultValue }: TypedRead<T>,
  { value, variant, reason, flagMetadata }: EvaluationDetails<unknown>,
): TypedResolution<T> {
  const actual = flagValueType(value);
  if (actual === type) return { value: value as T, variant, reason, flagMetadata };
  // A flag that is switched off leaves everything but being off to the caller.
  if (reason === 'DISABLED') return { value: defaultValue, reason, flagMetadata };
  return {
    value: defaultValue,
    reason: 'ERROR',
    errorCode: 'TYPE_MISMATCH',
    errorMessage: `flag "${flagKey}" was read as ${type}${actual === undefined ? ', which its value is not' : ` but is of type ${actual}`}`,
    flagMetadata,
  };
}
