import { type FlagDefinitionCacheProvider, HalyardError } from '@halyard/core';
import type { RedisDefinitionCacheOptions } from './definitions/index.ts';
import type { RedisExposureOutbox, RedisExposureOutboxOptions } from './outbox/index.ts';

/**
 * Stands in for the real one on the Edge runtime, for which Next compiles a middleware.ts with all that
 * wires the flags. Nothing asks a cache there; whoever does is told why not.
 */
export function redisDefinitionCache(
  _options: RedisDefinitionCacheOptions,
): FlagDefinitionCacheProvider {
  return {
    name: 'redis',
    shouldFetchFlagDefinitions: refuse,
    getFlagDefinitions: refuse,
    onFlagDefinitionsReceived: refuse,
    shutdown: () => {},
  };
}

/** Stands in for the real one on the Edge runtime, where nothing is sent. */
export function redisExposureOutbox({
  name = 'redis-outbox',
}: RedisExposureOutboxOptions): RedisExposureOutbox {
  return {
    name,
    send: refuse,
    get counters() {
      return refuse();
    },
  };
}

function refuse(): never {
  throw new HalyardError(
    'redis',
    'INVALID_OPTION',
    "Redis is reached from Node.js only. In a page or route, remove `export const runtime = 'edge'`, and rename middleware.ts to proxy.ts, which runs on Node.js.",
  );
}
