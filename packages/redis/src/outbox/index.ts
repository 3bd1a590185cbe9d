import type { ExposureSink } from '@halyard/core';
import { type RedisConnectionOptions, readConnection } from '../connection-options.ts';
import { invalidOption } from '../invalid-option.ts';
import { readNumber } from '../read-number.ts';
import { Outbox, type OutboxCounters, type OutboxSettings } from './outbox.ts';

export type { OutboxCounters } from './outbox.ts';

/** Options of {@link redisExposureOutbox}. */
export interface RedisExposureOutboxOptions extends RedisConnectionOptions {
  /** Where exposures go in the end. Default: `'backend'`, where the source's own backend takes them. */
  readonly sink?: ExposureSink | 'backend';
  /** Names the outbox in counters and errors. Default: `redis-outbox`. */
  readonly name?: string;
  /** The most exposures that wait in Redis, give or take a hundred; the oldest make room. Default: 100000. */
  readonly maxLength?: number;
  /** Milliseconds after which another worker delivers in place of one that has gone silent. Default: 15000. */
  readonly lease?: number;
  /** Milliseconds that the sink may take for a batch; less than the lease. Default: 5000. */
  readonly sendTimeout?: number;
}

/** A sink that is told what became of its exposures. */
export interface RedisExposureOutbox extends ExposureSink {
  /** What became of the exposures this worker has appended or delivered. */
  readonly counters: OutboxCounters;
}

const FACTORY = 'redisExposureOutbox';

/**
 * A sink that keeps exposures in Redis (5 or later) until another has them: a worker that is killed
 * loses none that were accepted. Whichever worker has the lease delivers for all. Each exposure is
 * delivered at least once, always with the same id. While Redis is down they go to the sink directly.
 *
 * @throws HalyardError INVALID_OPTION, naming the option.
 *
 * @example
 * ```ts
 * createFlagClient({ source, exposures: { sink: redisExposureOutbox({ url: process.env.REDIS_URL }) } });
 * ```
 */
export function redisExposureOutbox(options: RedisExposureOutboxOptions): RedisExposureOutbox {
  return new Outbox(readSettings(options));
}

function readSettings(options: RedisExposureOutboxOptions): OutboxSettings {
  const connection = readConnection(FACTORY, options);
  const { sink = 'backend', name = 'redis-outbox' } = options;
  if (sink !== 'backend' && (typeof sink?.send !== 'function' || typeof sink.name !== 'string')) {
    throw invalidOption(FACTORY, 'sink', "a sink with a `name` and a `send` method, or 'backend'");
  }
  if (typeof name !== 'string' || name === '') throw invalidOption(FACTORY, 'name', 'a text');
  const number = (option: 'maxLength' | 'lease' | 'sendTimeout', fallback: number) =>
    readNumber(options[option] ?? fallback, { factory: FACTORY, option });
  const lease = number('lease', 15_000);
  const sendTimeout = number('sendTimeout', Math.min(5000, Math.ceil(lease / 3)));
  if (sendTimeout >= lease) {
    throw invalidOption(FACTORY, 'sendTimeout', `less than the lease, ${lease}`);
  }
  return { connection, sink, name, maxLength: number('maxLength', 100_000), lease, sendTimeout };
}
