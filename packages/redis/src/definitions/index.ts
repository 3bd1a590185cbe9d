import type { FlagDefinitionCacheProvider } from '@halyard/core';
import { RedisDefinitionCache } from './provider.ts';
import { type RedisDefinitionCacheOptions, readSettings } from './settings.ts';

export type { RedisDefinitionCacheOptions } from './settings.ts';

/**
 * Shares definitions through Redis (5 or later): one worker fetches, the others have them at once. It
 * connects with the client's first refresh, and is closed with the client.
 *
 * @throws HalyardError INVALID_OPTION, naming the option.
 *
 * @example
 * ```ts
 * createFlagClient({ source, cache: redisDefinitionCache({ url: process.env.REDIS_URL }) });
 * ```
 */
export function redisDefinitionCache(
  options: RedisDefinitionCacheOptions,
): FlagDefinitionCacheProvider {
  return new RedisDefinitionCache(readSettings(options));
}
