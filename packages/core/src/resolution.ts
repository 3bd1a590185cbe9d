import type { JsonValue } from './json.ts';

/** What a flag can be asked for. `object` covers JSON objects and arrays. */
export type FlagValueType = 'boolean' | 'string' | 'number' | 'object';

/** A flag's value. */
export type FlagValue = JsonValue;

/** Facts about a flag that its backend publishes: flat, no nesting (OpenFeature 2.2.9). */
export type FlagMetadata = Readonly<Record<string, string | number | boolean>>;

/**
 * OpenFeature's resolution reasons (specification, types: resolution reason), and `OVERRIDE` for what
 * somebody has chosen in place of the backend, to test or to show it.
 */
export type ResolutionReason =
  | 'STATIC'
  | 'DEFAULT'
  | 'TARGETING_MATCH'
  | 'SPLIT'
  | 'CACHED'
  | 'DISABLED'
  | 'UNKNOWN'
  | 'STALE'
  | 'OVERRIDE'
  | 'ERROR';

/** OpenFeature's error codes (specification, types: error code). */
export type ErrorCode =
  | 'PROVIDER_NOT_READY'
  | 'PROVIDER_FATAL'
  | 'FLAG_NOT_FOUND'
  | 'PARSE_ERROR'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'GENERAL';

/** Why a flag cannot be decided from local definitions, and whether its backend could decide it. */
export interface RemoteVerdict {
  /** `inconclusive`: the context lacks something. `requires-server`: only the backend has the data. */
  readonly kind: 'inconclusive' | 'requires-server';
  readonly cause: string;
}

/**
 * The outcome of evaluating one flag for one context. A verdict, never an exception: errors arrive as
 * `reason: 'ERROR'` with a code and a message. No `value` means "use the caller's default".
 *
 * `enabled` and `payload` exist for backends that keep on/off, value and payload apart; which of them
 * answers a read of a given type is decided by the backend's `select`.
 */
export interface Resolution {
  readonly value?: FlagValue;
  readonly variant?: string;
  readonly enabled?: boolean;
  readonly payload?: JsonValue;
  readonly reason: ResolutionReason;
  readonly errorCode?: ErrorCode;
  readonly errorMessage?: string;
  readonly flagMetadata?: FlagMetadata;
  readonly remote?: RemoteVerdict;
  /** Set where the backend has no such flag, and the application says what it is in its place. */
  readonly isDefault?: true;
}

/** A resolution that carries an error and leaves the value to the caller's default. */
export function errorResolution(
  errorCode: ErrorCode,
  errorMessage: string,
  flagMetadata?: FlagMetadata,
): Resolution {
  return flagMetadata === undefined
    ? { reason: 'ERROR', errorCode, errorMessage }
    : { reason: 'ERROR', errorCode, errorMessage, flagMetadata };
}

/** The resolution of a key that the definitions do not have. */
export function flagNotFound(key: string, flagMetadata?: FlagMetadata): Resolution {
  return errorResolution('FLAG_NOT_FOUND', `flag "${key}" was not found`, flagMetadata);
}

/** The type under which a value is read; undefined for null and for values JSON cannot carry. */
export function flagValueType(value: unknown): FlagValueType | undefined {
  const type = typeof value;
  if (type === 'boolean' || type === 'string' || type === 'number') return type;
  return type === 'object' && value !== null ? 'object' : undefined;
}
