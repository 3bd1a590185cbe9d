import type { EvaluationDetails, FlagValue, FlagValueType } from '@halyard/core';
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
  const details = {
    flagKey,
    flagMetadata: {},
    ...read(flagKey, defaultValue, found ?? NOT_SENT),
  } as EvaluationDetails<T>;
  const { value, reason } = details;
  return {
    ...details,
    isError: reason === 'ERROR',
    isAuthoritative: !/ERROR|STALE|DISABLED/.test(reason),
    type: typeof value as FlagQuery['type'],
    details,
  };
}

const NOT_SENT: FlagsFailure = {
  errorCode: 'FLAG_NOT_FOUND',
  errorMessage: 'not sent to the browser',
};

function read(flagKey: string, defaultValue: unknown, found: BootstrapFlag | FlagsFailure) {
  if ('errorCode' in found) {
    const errorMessage = `flag "${flagKey}": ${found.errorMessage}`;
    return { value: defaultValue, reason: 'ERROR', ...found, errorMessage };
  }
  const { variant, reason, as } = found;
  // Without a default any type will do; null is of no type (see core's flagValueType).
  const type = typeof (defaultValue ?? undefined);
  const { [type as FlagValueType]: value = found.value } = as ?? {};
  if (defaultValue == null || (value !== null && typeof value === type)) {
    return { value, variant, reason };
  }
  // A flag that is off leaves everything else to the reader.
  if (as?.boolean === false) return { value: defaultValue, reason, isDefault: true };
  return read(flagKey, defaultValue, {
    errorCode: 'TYPE_MISMATCH',
    errorMessage: `not a ${type}`,
  });
}
