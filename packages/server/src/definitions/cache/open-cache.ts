import type { Settings } from '../../settings.ts';
import type { Warnings } from '../../warnings.ts';
import { GuardedCache } from './guarded-cache.ts';

/** Milliseconds any call of a cache may take; a worker that waits longer had better fetch itself. */
const TIMEOUT = 2000;

/**
 * The cache a client shares definitions through; undefined where it shares none. Throws a HalyardError
 * INVALID_OPTION when the cache cannot serve this client.
 */
export function openCache(settings: Settings, warnings: Warnings): GuardedCache | undefined {
  const { cache: provider, source, refresh, clock } = settings;
  if (provider === undefined) return undefined;
  const cache = new GuardedCache({ provider, warnings, timeout: TIMEOUT });
  cache.bind({
    sourceName: source.name,
    sourceId: source.id,
    refreshInterval: refresh.interval,
    now: clock,
  });
  return cache;
}
