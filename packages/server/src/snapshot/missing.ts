import type { FlagSource, Resolution } from '@halyard/core';

/** What the source says of a flag it knows nothing about; undefined for an error. Never throws. */
export function missingResolution(source: FlagSource, key: string): Resolution | undefined {
  try {
    return source.missing?.(key);
  } catch {
    // It may be the application's own code. Without an answer the read is an error, as it would be.
    return undefined;
  }
}

/** What the source says of a flag that its backend did not answer with; undefined for an error. Never throws. */
export function absentResolution(source: FlagSource, key: string): Resolution | undefined {
  try {
    return source.remote?.absent?.(key) ?? source.missing?.(key);
  } catch {
    return undefined;
  }
}
