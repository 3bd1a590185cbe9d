import type { EvaluationDetails, FlagValue } from '@halyard/core';
import type { BootstrapFlag } from '@halyard/core/bootstrap';
import type { FlagsFailure } from './store.ts';

/** What {@link useFlag} returns: the shape of OpenFeature's React SDK. `value` is always usable. */
export interface FlagQuery<T = FlagValue> extends EvaluationDetails<T> {
  /** Whether the value is the default because something is wrong. */
  readonly isError: boolean;
  /** Whether the value is up to date and decided: no error, not stale, not disabled. */
  readonly isAuthoritative: boolean;
  /** The value's type, as `typeof` says it. */
  readonly type: 'boolean' | 'string' | 'number' | 'object' | 'undefined';
  /** The same, in the shape of OpenFeature's evaluation details. */
  readonly details: EvaluationDetails<T>;
}

/** Reads a flag's state, as the store has it, as the type of the default. */
export function toFlagQuery<T>(
  flagKey: string,
  defaultValue: T,
  found: BootstrapFlag | FlagsFailure | undefined,
): FlagQuery<T> {
  const failure = failureOf(flagKey, defaultValue, found);
  const details = {
    flagKey,
    flagMetadata: {},
    ...(failure ? { value: defaultValue, reason: 'ERROR', ...failure } : found),
  } as EvaluationDetails<T>;
  const { value, reason } = details;
  return {
    ...details,
    isError: reason === 'ERROR',
    isAuthoritative: !['ERROR', 'STALE', 'DISABLED'].includes(reason),
    type: typeof value as FlagQuery['type'],
    details,
  };
}

function failureOf(
  flagKey: string,
  defaultValue: unknown,
  found: BootstrapFlag | FlagsFailure | undefined,
): FlagsFailure | undefined {
  if (!found) {
    return {
      errorCode: 'FLAG_NOT_FOUND',
      errorMessage: `flag "${flagKey}" was not sent to the browser`,
    };
  }
  if ('errorCode' in found) return found;
  const type = typeof defaultValue;
  // Without a default any type will do; null is of no type (see core's flagValueType).
  if (defaultValue == null || (found.value !== null && typeof found.value === type)) return;
  return { errorCode: 'TYPE_MISMATCH', errorMessage: `flag "${flagKey}" is not a ${type}` };
}
