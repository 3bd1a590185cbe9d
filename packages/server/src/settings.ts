import type { ExposureExecutor, ExposureSink, FlagSource } from '@halyard/core';
import { inline } from './exposures/executor.ts';
import { invalidOption } from './invalid-option.ts';
import { OptionGroup } from './option-group.ts';
import type { ExposureOptions, FlagClientOptions, Logger } from './options.ts';
import { functionSink } from './sinks/function.ts';
import { LONGEST_TIMER } from './timers.ts';

/** Options of a client, checked and with every default filled in. */
export interface Settings {
  readonly source: FlagSource;
  readonly refresh: RefreshSettings;
  /** Undefined when nothing is counted. */
  readonly exposures: ExposureSettings | undefined;
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

export interface ExposureSettings {
  readonly sinks: readonly ExposureSink[];
  readonly executor: ExposureExecutor;
  readonly dedupeWindow: number;
  readonly maxSubjects: number;
  readonly maxQueued: number;
  readonly maxAttempts: number;
  readonly sendTimeout: number;
}

export interface TransportSettings {
  readonly timeout: number;
  readonly maxResponseBytes: number;
  readonly maxAttempts: number;
}

const DAY = 24 * 60 * 60 * 1000;

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
  const { source, logger = console, clock } = options;
  checkSource(source);
  if (typeof logger?.warn !== 'function') {
    throw invalidOption('logger', logger, 'an object with a `warn` method, such as `console`');
  }
  return {
    source,
    refresh: readRefresh(options.refresh),
    exposures: readExposures(options.exposures),
    transport: readTransport(options.transport),
    logger,
    clock: readClock(clock),
  };
}

function checkSource(source: FlagSource): void {
  const expected = "a flag source, such as `flagdFile('./flags.json')`";
  if (typeof source !== 'object' || source === null)
    throw invalidOption('source', source, expected);
  for (const part of ['compile', 'select'] as const) {
    if (typeof source[part] === 'function') continue;
    throw invalidOption(`source.${part}`, source[part], `a function, as in ${expected}`);
  }
  for (const part of ['name', 'id'] as const) {
    if (typeof source[part] === 'string') continue;
    throw invalidOption(`source.${part}`, source[part], `a string, as in ${expected}`);
  }
  const kind: unknown = source.definitions?.kind;
  if (kind === 'http' || kind === 'file' || kind === 'inline') return;
  throw invalidOption('source.definitions.kind', kind, "'http', 'file' or 'inline'");
}

function readRefresh(given: unknown): RefreshSettings {
  const group = new OptionGroup('refresh', given, ['interval', 'staleAfter', 'maxBackoff']);
  const interval = group.milliseconds('interval', 30_000);
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

const EXPOSURE_OPTIONS: readonly (keyof ExposureOptions)[] = [
  'sink',
  'executor',
  'dedupeWindow',
  'maxSubjects',
  'maxQueued',
  'maxAttempts',
  'sendTimeout',
];

function readExposures(given: ExposureOptions | undefined): ExposureSettings | undefined {
  const group = new OptionGroup('exposures', given, EXPOSURE_OPTIONS);
  const settings: ExposureSettings = {
    sinks: readSinks(given?.sink ?? false),
    executor: given?.executor ?? inline(),
    dedupeWindow: group.milliseconds('dedupeWindow', DAY),
    maxSubjects: group.count('maxSubjects', 100_000, 2),
    maxQueued: group.count('maxQueued', 10_000),
    maxAttempts: group.count('maxAttempts', 3),
    sendTimeout: group.milliseconds('sendTimeout', 5_000),
  };
  if (typeof settings.executor?.submit !== 'function') {
    const expected = 'an executor, such as `inline()` or `background()`';
    throw invalidOption('exposures.executor', settings.executor, expected);
  }
  return settings.sinks.length === 0 ? undefined : settings;
}

function readSinks(sink: NonNullable<ExposureOptions['sink']>): readonly ExposureSink[] {
  if (sink === false) return [];
  if (typeof sink === 'function') return [functionSink(sink)];
  if (!isList(sink)) return [checkSink('exposures.sink', sink)];
  return sink.map((one, i) => checkSink(`exposures.sink[${i}]`, one));
}

function isList(sink: ExposureSink | readonly ExposureSink[]): sink is readonly ExposureSink[] {
  return Array.isArray(sink);
}

function checkSink(option: string, sink: ExposureSink): ExposureSink {
  if (typeof sink === 'function') {
    throw invalidOption(option, sink, 'a sink; wrap a function in `functionSink(…)`');
  }
  if (typeof sink?.send !== 'function' || typeof sink.name !== 'string') {
    throw invalidOption(option, sink, 'a sink with a `name` and a `send` method, or false');
  }
  const size = sink.maxBatchSize ?? 1;
  if (Number.isInteger(size) && size >= 1) return sink;
  throw invalidOption(`${option}.maxBatchSize`, size, 'a whole number, at least 1');
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
