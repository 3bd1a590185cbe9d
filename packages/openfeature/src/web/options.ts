import type { FlagsBootstrap } from '@halyard/core';
import type { EvaluationContext, Hook, TrackingEventDetails } from '@openfeature/web-sdk';

/** Options of {@link HalyardWebProvider}. */
export interface HalyardWebProviderOptions {
  /**
   * Counts a flag as shown, on every read that the flag decided: not on an error, nor on a flag that is
   * disabled. Reads come in numbers (the React SDK makes two to five per mount): give it something that
   * counts once, as a FlagsProvider's reporter does. Default: nothing is counted.
   */
  readonly expose?: (flagKey: string) => void;
  /**
   * Gets the visitor's values anew after `setContext`. While it runs, the status is RECONCILING and the
   * old values stay; when it rejects, they stay too, and the status is ERROR. Only the answer to the
   * last change counts; undefined keeps the values. Default: the values do not depend on the context.
   */
  readonly refresh?: (
    context: EvaluationContext,
  ) => FlagsBootstrap | undefined | Promise<FlagsBootstrap | undefined>;
  /** Run with every evaluation, next to it: their `before` last, their other stages first. Default: none. */
  readonly hooks?: readonly Hook[];
  /**
   * Receives what `client.track()` is called with, and the domain's context. Absent: the provider
   * offers no tracking, and the SDK's `track` does nothing (OpenFeature 2.7).
   */
  readonly onTrack?: (
    name: string,
    context: EvaluationContext,
    details: TrackingEventDetails,
  ) => void;
}
