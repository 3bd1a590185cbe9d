import type { EvaluationDetails, FlagMetadata, Resolution, ResolutionReason } from '@halyard/core';

/**
 * Marks a successful read of old definitions: the reason becomes STALE, and what it was goes into the
 * metadata, as `halyard.reason`, with the age in milliseconds as `halyard.ageMs`. Errors stay errors, and
 * what somebody has chosen grows no older.
 */
export function staleDetails<T>(
  details: EvaluationDetails<T>,
  ageMs: number,
): EvaluationDetails<T> {
  const { reason, errorCode, flagMetadata } = details;
  if (errorCode !== undefined || reason === 'OVERRIDE') return details;
  return { ...details, reason: 'STALE', flagMetadata: staleMetadata(flagMetadata, reason, ageMs) };
}

/** What details were before {@link staleDetails}; as they are where it has not marked them. */
export function unmarkedDetails<T>(details: EvaluationDetails<T>): EvaluationDetails<T> {
  const {
    'halyard.reason': reason,
    'halyard.ageMs': _,
    ...flagMetadata
  } = details.flagMetadata ?? {};
  if (details.reason !== 'STALE' || typeof reason !== 'string') return details;
  return { ...details, reason: reason as ResolutionReason, flagMetadata };
}

/** Marks a whole map of resolutions in the same way. */
export function staleResolutions(
  resolutions: ReadonlyMap<string, Resolution>,
  ageMs: number,
): ReadonlyMap<string, Resolution> {
  const stale = new Map<string, Resolution>();
  for (const [key, resolution] of resolutions) stale.set(key, staleResolution(resolution, ageMs));
  return stale;
}

/** The same for one resolution. */
export function staleResolution(resolution: Resolution, ageMs: number): Resolution {
  const { reason, errorCode, flagMetadata } = resolution;
  if (errorCode !== undefined || reason === 'OVERRIDE') return resolution;
  const metadata = staleMetadata(flagMetadata, reason, ageMs);
  return { ...resolution, reason: 'STALE', flagMetadata: metadata };
}

function staleMetadata(
  metadata: FlagMetadata | undefined,
  reason: string,
  ageMs: number,
): FlagMetadata {
  return { ...metadata, 'halyard.reason': reason, 'halyard.ageMs': ageMs };
}
