import { messageOf } from './errors.ts';
import type {
  ErrorCode,
  FlagMetadata,
  FlagValue,
  FlagValueType,
  Resolution,
  ResolutionReason,
} from './resolution.ts';
import { flagValueType } from './resolution.ts';

/** What a typed read returns: OpenFeature's evaluation details. `value` is always usable. */
export interface EvaluationDetails<T = FlagValue> {
  readonly flagKey: string;
  readonly value: T;
  readonly variant?: string | undefined;
  readonly reason: ResolutionReason;
  readonly errorCode?: ErrorCode | undefined;
  readonly errorMessage?: string | undefined;
  readonly flagMetadata: FlagMetadata;
  /**
   * Set where nothing is wrong and yet the value is the application's own: the default, for want of a
   * value, or what the source has for flags that its backend does not. It shows nothing of the flag. The
   * browser cannot tell the latter, and takes a flag without any value for one that is missing.
   */
  readonly isDefault?: true;
}

/**
 * What a backend's flag gives when it is read as `type`; undefined when it has nothing of that type.
 * `type` undefined means the caller accepts any type.
 */
export type SelectValue = (
  resolution: Resolution,
  type: FlagValueType | undefined,
) => FlagValue | undefined;

const NO_METADATA: FlagMetadata = Object.freeze({});

/**
 * Turns a resolution into the details of a typed read. The type asked for is that of the default; a
 * null or undefined default accepts any type. Never throws: whatever is wrong ends in the default, a
 * reason and an error code.
 */
export function toDetails<T>(
  flagKey: string,
  defaultValue: T,
  resolution: Resolution,
  select: SelectValue,
): EvaluationDetails<T> {
  const { reason, errorCode, errorMessage, variant, flagMetadata = NO_METADATA } = resolution;
  if (errorCode !== undefined) {
    return { flagKey, value: defaultValue, reason, errorCode, errorMessage, flagMetadata };
  }
  const failed = (code: ErrorCode, message: string): EvaluationDetails<T> => ({
    flagKey,
    value: defaultValue,
    reason: 'ERROR',
    errorCode: code,
    errorMessage: `flag "${flagKey}" ${message}`,
    flagMetadata,
  });
  try {
    const type = flagValueType(defaultValue);
    const value = select(resolution, type);
    if (value !== undefined) {
      const details = { flagKey, value: value as T, variant, reason, flagMetadata };
      return resolution.isDefault ? { ...details, isDefault: true } : details;
    }
    if (leavesDefault(resolution)) {
      return { flagKey, value: defaultValue, reason, flagMetadata, isDefault: true };
    }
    return failed('TYPE_MISMATCH', describe(resolution, type));
  } catch (thrown) {
    return failed('GENERAL', `could not be read: ${messageOf(thrown)}`);
  }
}

/**
 * Whether a resolution without an error, which has nothing of the type asked for, deliberately leaves the
 * value to the reader's default.
 */
export function leavesDefault({ value, enabled, payload, reason }: Resolution): boolean {
  if (reason === 'DISABLED' || enabled === false) return true;
  return value === undefined && enabled === undefined && payload === undefined;
}

function describe(resolution: Resolution, asked: FlagValueType | undefined): string {
  const type = flagValueType(resolution.value);
  if (asked === undefined) return 'was read without a type but has no value';
  if (type === asked) {
    return `was read as ${asked} but has a value that its backend does not take for one: read it with null as its default`;
  }
  const given = type === undefined ? 'has no such value' : `has a value of type ${type}`;
  return `was read as ${asked} but ${given}: read it with a default of its own type`;
}
