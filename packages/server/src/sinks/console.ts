import type { Exposure, ExposureSink } from '@halyard/core';

/** Options of {@link consoleSink}. */
export interface ConsoleSinkOptions {
  /** Where lines go. Default: the global `console`. */
  readonly console?: { info(line: string): void };
}

/**
 * Prints a line per exposure: flag, variant, subject, reason. Attributes of the context are not
 * printed; a log is no place for them.
 */
export function consoleSink({ console: target = console }: ConsoleSinkOptions = {}): ExposureSink {
  return {
    name: 'console',
    send(batch) {
      for (const exposure of batch) target.info(lineOf(exposure));
    },
  };
}

function lineOf({ flagKey, variant, value, targetingKey, reason, origin }: Exposure): string {
  const seen = variant ?? JSON.stringify(value);
  const subject =
    targetingKey === undefined ? 'nobody in particular' : JSON.stringify(targetingKey);
  return `[halyard] exposure: ${flagKey} = ${seen} for ${subject} (${reason}, ${origin})`;
}
