import type { EvaluationDetails, FlagMetadata, Resolution } from '@halyard/core';

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

/** The same for a whole map of resolutions. */
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
