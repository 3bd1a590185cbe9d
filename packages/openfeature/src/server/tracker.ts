import { type EvaluationContext, messageOf, type TrackingDetails } from '@halyard/core';
import type { FlagClient } from '@halyard/server';
import type { Provider } from '@openfeature/server-sdk';
import type { ProviderOptions } from './options.ts';

/**
 * A provider's `track`: the application's own, or else the backend's. Undefined where there is nobody to
 * hand events to. `reader` gives the client of the moment.
 */
export function trackerOf(options: ProviderOptions, reader: () => FlagClient): Provider['track'] {
  if (options.onTrack !== undefined) return ownTracker(options, options.onTrack);
  if (reader().source.tracking === undefined) return undefined;
  return (name, context, details) => {
    reader().track(name, context as EvaluationContext, details as TrackingDetails);
  };
}

function ownTracker(
  { logger = console }: ProviderOptions,
  onTrack: NonNullable<ProviderOptions['onTrack']>,
): NonNullable<Provider['track']> {
  return (name, context, details) => {
    const sent = onTrack(name, context, details);
    if (!(sent instanceof Promise)) return;
    // A rejection that nobody handles would end the process: that of `onTrack`, and a logger's that throws.
    sent
      .catch((thrown: unknown) => {
        logger.warn(`[halyard] [openfeature] tracking "${name}" failed: ${messageOf(thrown)}`);
      })
      .catch(() => {});
  };
}
