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
  const flagMetadata = resolution.flagMetadata ?? NO_METADATA;
  const { reason, errorCode, errorMessage, variant } = resolution;
  if (errorCode !== undefined) {
    return { flagKey, value: defaultValue, reason, errorCode, errorMessage, flagMetadata };
  }
  const type = flagValueType(defaultValue);
  const value = select(resolution, type);
  if (value !== undefined) return { flagKey, value: value as T, variant, reason, flagMetadata };
  if (resolution.value === undefined && resolution.enabled === undefined) {
    return { flagKey, value: defaultValue, reason, flagMetadata };
  }
  return {
    flagKey,
    value: defaultValue,
    reason: 'ERROR',
    errorCode: 'TYPE_MISMATCH',
    errorMessage: `flag "${flagKey}" was read as ${type ?? 'any type'} but is ${describeType(resolution)}`,
    flagMetadata,
  };
}

function describeType(resolution: Resolution): string {
  const type = flagValueType(resolution.value);
  return type === undefined ? 'a flag without such a value' : `of type ${type}`;
}
