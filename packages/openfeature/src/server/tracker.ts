import { messageOf } from '@halyard/core';
import type { Provider } from '@openfeature/server-sdk';
import type { ProviderOptions } from './options.ts';

/** A provider's `track` that hands events on; undefined without anybody to hand them to. */
export function trackerOf({ onTrack, logger = console }: ProviderOptions): Provider['track'] {
  if (onTrack === undefined) return undefined;
  return (name, context, details) => {
    const sent = onTrack(name, context, details);
    if (!(sent instanceof Promise)) return;
    // A rejection that nobody handles would end the process.
    sent.catch((thrown: unknown) => {
      logger.warn(`[halyard] [openfeature] tracking "${name}" failed: ${messageOf(thrown)}`);
    });
  };
}
