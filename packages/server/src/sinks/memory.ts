import type { Exposure, ExposureSink } from '@halyard/core';

/** A sink that keeps what it receives. */
export interface MemorySink extends ExposureSink {
  /** What was received, oldest first. */
  readonly exposures: readonly Exposure[];
  clear(): void;
}

/** Options of {@link memorySink}. */
export interface MemorySinkOptions {
  /** The most exposures kept; the oldest make room. Default: 1000. */
  readonly limit?: number;
}

/** Keeps the latest exposures in memory: for tests, and for pages that show them. */
export function memorySink({ limit = 1000 }: MemorySinkOptions = {}): MemorySink {
  const exposures: Exposure[] = [];
  return {
    name: 'memory',
    exposures,
    clear() {
      exposures.length = 0;
    },
    send(batch) {
      exposures.push(...batch);
      if (exposures.length > limit) exposures.splice(0, exposures.length - limit);
    },
  };
}
