import type { EvaluationContext } from '@halyard/core';
import type { FlagClient, FlagClientOptions, Logger } from '@halyard/server';
import type { Hook, TrackingEventDetails } from '@openfeature/server-sdk';

/** Options every {@link HalyardServerProvider} takes. */
export interface ProviderOptions {
  /**
   * How long `initialize` waits for the first definitions, in milliseconds. Default: 3000. When they
   * come later, the provider reports READY then.
   */
  readonly readyTimeout?: number;
  /**
   * Receives what `client.track()` is called with; the context is the merged one, frozen. What it
   * throws is logged by the SDK at debug level; when it rejects, the logger warns. Default: the
   * source's backend takes it, see {@link FlagClient.track}; where that takes no events, the provider
   * offers no tracking, and the SDK's `track` does nothing (OpenFeature 2.7).
   */
  readonly onTrack?: (
    name: string,
    context: EvaluationContext,
    details: TrackingEventDetails,
  ) => void | Promise<void>;
  /** Run with every evaluation, next to it: their `before` last, their other stages first. Default: none. */
  readonly hooks?: readonly Hook[];
  /** Receives warnings. Default: `console`. */
  readonly logger?: Logger;
}

/** A provider over a client that somebody else made, and closes. */
export interface GivenClientOptions extends ProviderOptions {
  readonly client: FlagClient;
}

/** A provider that makes a client of its own from these options, and closes it. */
export interface OwnClientOptions extends ProviderOptions, FlagClientOptions {
  readonly client?: undefined;
}

/** Options of {@link HalyardServerProvider}. */
export type HalyardServerProviderOptions = GivenClientOptions | OwnClientOptions;
