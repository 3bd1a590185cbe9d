import type { EvaluationContext, EvaluationContextValue } from './context.ts';

/** What there is to say of a tracked event (OpenFeature 6.2): its worth, in `value`, and anything else. */
export interface TrackingDetails {
  readonly value?: number | undefined;
  readonly [attribute: string]: EvaluationContextValue;
}

/** Something that somebody did, and a backend is to know of: what experiments measure. */
export interface TrackingEvent {
  /** A UUID: the same at each try, so that a backend can tell what it has already. */
  readonly id: string;
  readonly name: string;
  readonly targetingKey: string | undefined;
  /** Who it is about, by `subject` of the source when it was tracked. */
  readonly subject?: string | undefined;
  /** As the application gave it. */
  readonly context: EvaluationContext;
  readonly details: TrackingDetails;
  /** The backend's name. */
  readonly source: string;
  /** Unix milliseconds. */
  readonly occurredAt: number;
}
