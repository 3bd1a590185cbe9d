import { type FlagDefinitionCacheBinding, HalyardError } from '@halyard/core';
import {
  type ConnectionSettings,
  type RedisConnectionOptions,
  readConnection,
} from '../connection-options.ts';
import { invalidOption } from '../invalid-option.ts';
import { readNumber } from '../read-number.ts';

/** Options of {@link redisDefinitionCache}. */
export interface RedisDefinitionCacheOptions extends RedisConnectionOptions {
  /**
   * Milliseconds after which another worker takes over from one that has gone silent; longer than the
   * client's refresh interval. Default: 2.5 × that interval, at least 1000.
   */
  readonly lease?: number;
  /**
   * Milliseconds that definitions are kept after they were last stored or confirmed; at least as long as
   * the lease. Default: 24 hours, or 10 × the lease if that is longer.
   */
  readonly ttl?: number;
}

/** Options, checked. What depends on the client is known when the cache is bound to one. */
export interface DefinitionCacheSettings {
  readonly connection: ConnectionSettings;
  readonly lease: number | undefined;
  readonly ttl: number | undefined;
}

const FACTORY = 'redisDefinitionCache';
const DAY = 24 * 60 * 60 * 1000;

/** @throws HalyardError INVALID_OPTION, naming the option. */
export function readSettings(options: RedisDefinitionCacheOptions): DefinitionCacheSettings {
  const connection = readConnection(FACTORY, options);
  const number = (option: 'lease' | 'ttl') =>
    options[option] === undefined
      ? undefined
      : readNumber(options[option], { factory: FACTORY, option });
  return { connection, lease: number('lease'), ttl: number('ttl') };
}

/** How long leases and definitions last, in milliseconds. */
export interface Durations {
  readonly lease: number;
  readonly ttl: number;
}

/** @throws HalyardError INVALID_OPTION when they do not suit the client. */
export function durationsFor(
  { lease: givenLease, ttl: givenTtl }: DefinitionCacheSettings,
  { refreshInterval }: FlagDefinitionCacheBinding,
): Durations {
  const lease = givenLease ?? Math.ceil(Math.max(2.5 * refreshInterval, 1000));
  const ttl = givenTtl ?? Math.max(DAY, 10 * lease);
  if (lease <= refreshInterval) {
    const expected = `longer than the refresh interval, ${refreshInterval}: it is renewed once per refresh`;
    throw invalidOption(FACTORY, 'lease', expected);
  }
  if (ttl < lease) throw invalidOption(FACTORY, 'ttl', `at least the lease, ${lease}`);
  return { lease, ttl };
}

/** The error of a cache that is used without a client, or by two. */
export function misbound(what: string): HalyardError {
  return new HalyardError(
    'redis',
    'INVALID_OPTION',
    `a ${FACTORY} ${what}. Give each client one of its own, as its option \`cache\`.`,
  );
}
