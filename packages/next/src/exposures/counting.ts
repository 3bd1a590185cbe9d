import type { ClientSnapshot, FlagClient } from '@halyard/server';
import { decided } from '../request/decided.ts';
import { identifyRequest, type RequestData } from '../request/request.ts';
import type { Settings } from '../settings.ts';
import { hasConsent } from './consent.ts';
import {
  type BatchEnds,
  type ExposureBatch,
  exposureBatch,
  type Later,
  unseenBatch,
} from './exposure-batch.ts';
import type { Sight } from './sight.ts';

/** What decides whether a visitor's reads count. */
export interface Counting {
  /** What the request reads. */
  readonly exposures: ExposureBatch;
  /**
   * Whether the visitor does not agree to being counted, which is then noted of so many flags. Absent
   * where nobody is asked. Never rejects.
   */
  readonly withholds?: (count: number) => Promise<boolean>;
}

/** What counting depends on. */
export interface CountingOptions {
  readonly settings: Settings;
  readonly client: () => FlagClient;
  readonly request: RequestData;
  readonly sight: Sight;
  readonly snapshot: ClientSnapshot;
  /** Default: Next's `after()`. */
  readonly later?: Later | undefined;
}

/** Counts what one visitor's request reads, once it is known that it was shown and may be counted. */
export function countingOf(options: CountingOptions): Counting {
  const { settings, client, request, sight, snapshot, later } = options;
  let consent: Promise<boolean> | undefined;
  const withholds = async (count: number) => {
    consent ??= hasConsent(settings, identifyRequest(request, settings));
    const isGiven = await consent;
    if (!isGiven) client().omit('withheld', count);
    return !isGiven;
  };
  const drop = (count: number) => client().omit('unseen', count);
  if (!sight.isPossible) return { exposures: unseenBatch({ drop }), withholds };
  const ends: BatchEnds = {
    drop,
    async handOver(taken) {
      const wasShown = await sight.wasShown();
      // Not before: where nothing runs after responses by itself, this has waited since the first read.
      const keys = taken();
      if (!wasShown) return drop(keys.size);
      if (await withholds(keys.size)) return;
      // Decided by the reads themselves: nothing is asked again.
      (await decided(snapshot, settings, keys)).expose(keys, 'server');
    },
  };
  return { exposures: exposureBatch(ends, later), withholds };
}
