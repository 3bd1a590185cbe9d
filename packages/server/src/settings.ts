import type { FlagDefinitionCacheProvider, FlagSource } from '@halyard/core';
import { checkCache } from './check-cache.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { checkSource } from './check-source.ts';
import { type ExposureSettings, readExposures } from './exposures/settings.ts';
import { invalidOption } from './invalid-option.ts';
import { OptionGroup } from './option-group.ts';
import type { FlagClientOptions, Logger } from './options.ts';
import { LONGEST_TIMER } from './timers.ts';
import { checkUsage } from './usage/check-usage.ts';

/** Options of a client, checked and with every default filled in. */
export interface Settings {
  readonly source: FlagSource;
  readonly refresh: RefreshSettings;
  /** Undefined when nothing is shared. */
  readonly cache: FlagDefinitionCacheProvider | undefined;
  readonly exposures: ExposureSettings;
  readonly transport: TransportSettings;
  readonly logger: Logger;
  /** Never throws and always gives a number. */
  readonly clock: () => number;
}

export interface RefreshSettings {
  readonly interval: number;
  readonly staleAfter: number;
  readonly maxBackoff: number;
}

export interface TransportSettings {
  readonly timeout: number;
  readonly maxResponseBytes: number;
  readonly maxAttempts: number;
}

/**
 * Checks the options of a client without creating one, for whoever creates it later.
 *
 * @throws HalyardError INVALID_OPTION, naming the option.
 */
export function checkFlagClientOptions(options: FlagClientOptions): void {
  readSettings(options);
}

/** Checks the options and fills in defaults. Throws a HalyardError that names the wrong option. */
export function readSettings(options: FlagClientOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw invalidOption('the options', options, 'an object with at least `source`');
  }
  const { source, cache, logger = console, clock } = options;
  checkSource(source);
  checkUsage(source.usage);
  if (source.tracking !== undefined) checkEndpoint('source.tracking', source.tracking);
  checkCache(cache);
  if (typeof logger?.warn !== 'function') {
    throw invalidOption('logger', logger, 'an object with a `warn` method, such as `console`');
  }
  return {
    source,
    refresh: readRefresh(options.refresh, source),
    cache,
    exposures: readExposures(options.exposures, source),
    transport: readTransport(options.transport),
    logger,
    clock: readClock(clock),
  };
}

function readRefresh(given: unknown, { refreshInterval = 30_000 }: FlagSource): RefreshSettings {
  const group = new OptionGroup('refresh', given, ['interval', 'staleAfter', 'maxBackoff']);
  const interval = group.milliseconds('interval', refreshInterval);
  return {
    interval,
    staleAfter: group.age('staleAfter', 10 * interval),
    // No attempt ever follows another sooner than the interval, so less makes no sense.
    maxBackoff: group.milliseconds('maxBackoff', Math.min(5 * interval, LONGEST_TIMER), interval),
  };
}

function readTransport(given: unknown): TransportSettings {
  const group = new OptionGroup('transport', given, ['timeout', 'maxResponseBytes', 'maxAttempts']);
  return {
    timeout: group.milliseconds('timeout', 10_000),
    maxResponseBytes: group.count('maxResponseBytes', 32 * 1024 * 1024),
    maxAttempts: group.count('maxAttempts', 3),
  };
}

function readClock(clock: unknown): () => number {
  if (clock === undefined) return () => Date.now();
  if (typeof clock !== 'function') {
    throw invalidOption('clock', clock, 'a function that returns Unix milliseconds');
  }
  return () => {
    const time = readOrUndefined(clock as () => unknown);
    return typeof time === 'number' && Number.isFinite(time) ? time : Date.now();
  };
}

function readOrUndefined(clock: () => unknown): unknown {
  try {
    return clock();
  } catch {
    // Reads must answer whatever the clock does; the system's own then takes its place.
    return undefined;
  }
}
