import type { Exposure } from '@halyard/core';
import type { ClientStatus, ResolutionEvent } from '@halyard/server';

/** What one second was like. */
export interface Sample {
  /** Unix seconds. */
  readonly second: number;
  readonly exposures: number;
  readonly reads: number;
  /** Microseconds that a read took: the middle one, and one in a hundred. Undefined without reads. */
  readonly p50?: number;
  readonly p99?: number;
}

/** One read of a flag. */
export interface ReadView {
  /** Counts up; tells rows apart. */
  readonly number: number;
  readonly flagKey: string;
  readonly value: string;
  readonly variant: string | undefined;
  readonly reason: string;
  readonly visitor: string | undefined;
  readonly microseconds: number;
}

/** One exposure that reached the sink. */
export interface ExposureView {
  readonly id: string;
  readonly flagKey: string;
  readonly variant: string | undefined;
  readonly visitor: string | undefined;
  readonly origin: string;
  /** Unix milliseconds. */
  readonly evaluatedAt: number;
}

/** What the runtime says of itself. */
export type StatusView = Omit<ClientStatus, 'lastError'> & {
  readonly lastError: string | undefined;
};

/** One message to the page: the status now, and what happened since the last. */
export interface Frame {
  readonly status: StatusView;
  readonly samples: readonly Sample[];
  readonly reads: readonly ReadView[];
  readonly exposures: readonly ExposureView[];
}

/** Makes a status fit for JSON. */
export function statusView(status: ClientStatus): StatusView {
  return { ...status, lastError: status.lastError?.message };
}

/** Makes an exposure fit for the page. */
export function exposureView(exposure: Exposure): ExposureView {
  const { id, flagKey, variant, targetingKey, origin, evaluatedAt } = exposure;
  return { id, flagKey, variant, visitor: targetingKey, origin, evaluatedAt };
}

const LONGEST_VALUE = 60;

/** Makes a read fit for the page. */
export function readView(event: ResolutionEvent, number: number): ReadView {
  const { flagKey, value, variant, reason } = event.details;
  return {
    number,
    flagKey,
    value: (JSON.stringify(value) ?? '').slice(0, LONGEST_VALUE),
    variant,
    reason,
    visitor: event.targetingKey,
    microseconds: event.durationMs * 1000,
  };
}
