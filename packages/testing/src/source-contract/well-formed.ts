import type { ErrorCode, Resolution, ResolutionReason } from '@halyard/core';

/** What backends give; that something was overridden is said by others. */
const REASONS: Readonly<Record<Exclude<ResolutionReason, 'OVERRIDE'>, true>> = {
  STATIC: true,
  DEFAULT: true,
  TARGETING_MATCH: true,
  SPLIT: true,
  CACHED: true,
  DISABLED: true,
  UNKNOWN: true,
  STALE: true,
  ERROR: true,
};

const ERROR_CODES: Readonly<Record<ErrorCode, true>> = {
  PROVIDER_NOT_READY: true,
  PROVIDER_FATAL: true,
  FLAG_NOT_FOUND: true,
  PARSE_ERROR: true,
  TYPE_MISMATCH: true,
  TARGETING_KEY_MISSING: true,
  INVALID_CONTEXT: true,
  GENERAL: true,
};

/** What is wrong with the shape of a resolution; undefined when it is sound. */
export function malformation(resolution: Resolution): string | undefined {
  if (typeof resolution !== 'object' || resolution === null) return 'it is no object';
  const { reason, errorCode, errorMessage, value, variant, flagMetadata } = resolution;
  if (!Object.hasOwn(REASONS, reason)) return `the reason ${String(reason)} does not exist`;
  // To some backends an unknown flag is one for which the default is meant.
  const isMeant = reason === 'DEFAULT' && errorCode === 'FLAG_NOT_FOUND';
  if (!isMeant && (reason === 'ERROR') !== (errorCode !== undefined)) {
    return `the reason ${reason} does not go with the error code ${errorCode}`;
  }
  if (errorCode !== undefined && !Object.hasOwn(ERROR_CODES, errorCode)) {
    return `the error code ${String(errorCode)} does not exist`;
  }
  if (errorCode !== undefined && !errorMessage) return `${errorCode} comes without a message`;
  if (variant !== undefined && typeof variant !== 'string') return 'the variant is no text';
  if (!isJson(value)) return 'the value is nothing JSON can carry';
  const facts = Object.values(flagMetadata ?? {});
  if (facts.some((fact) => !['string', 'number', 'boolean'].includes(typeof fact))) {
    return 'the metadata is not flat';
  }
  return undefined;
}

/** Whether JSON can carry a value, or there is none. */
export function isJson(value: unknown): boolean {
  if (['undefined', 'boolean', 'string', 'number'].includes(typeof value)) return true;
  if (typeof value !== 'object') return false;
  return value === null || Object.values(value).every(isJson);
}
