import type { EvaluationContext, Exposure, Resolution } from '@halyard/core';
import { exposureId } from './identity.ts';
import type { Outcome } from './ledger.ts';

/** An exposure as it is queued: what was at hand, before anything is made of it. */
export interface Sighting {
  readonly flagKey: string;
  readonly resolution: Resolution;
  readonly outcome: Outcome;
  readonly targetingKey: string | undefined;
  /** Who it is counted for. */
  readonly subject: string | undefined;
  readonly context: EvaluationContext;
  readonly version: string;
  readonly definitionsLoadedAt: number | undefined;
  readonly window: number;
  /** Unix milliseconds, as the reader's clock said. */
  readonly evaluatedAt: number;
  readonly origin: Exposure['origin'];
}

/** What is sent of a sighting; `source` is the backend's name. */
export function exposureOf(source: string, sighting: Sighting): Exposure {
  const { flagKey, resolution, targetingKey, subject, outcome, window } = sighting;
  const { context, version, definitionsLoadedAt, evaluatedAt, origin } = sighting;
  const { variant, value, enabled, reason, flagMetadata } = resolution;
  // Frozen, because all sinks get the same one.
  return Object.freeze({
    id: exposureId({ source, subject, flagKey, outcome, window }),
    flagKey,
    variant,
    value: value ?? enabled,
    reason,
    targetingKey,
    subject,
    context,
    ...(flagMetadata !== undefined && { flagMetadata }),
    source,
    version,
    ...(definitionsLoadedAt !== undefined && { definitionsLoadedAt }),
    evaluatedAt,
    origin,
  });
}
