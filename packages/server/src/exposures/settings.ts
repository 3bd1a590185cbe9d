import type { ExposureExecutor, ExposureSink, FlagSource } from '@halyard/core';
import { checkBatchSize, checkEndpoint } from '../check-endpoint.ts';
import { inline } from '../delivery/executor.ts';
import { invalidOption } from '../invalid-option.ts';
import { OptionGroup } from '../option-group.ts';
import type { ExposureOptions } from '../options.ts';
import { backendSink } from '../sinks/backend.ts';
import { functionSink } from '../sinks/function.ts';
import type { Transport } from '../transport.ts';

/** Makes a sink; the transport is for the backend's own, and tries once. */
export type OpenSink = (transport: Transport) => ExposureSink;

/** How exposures are counted and sent, checked and with every default filled in. */
export interface ExposureSettings {
  /** None when nothing is counted. */
  readonly sinks: readonly OpenSink[];
  readonly executor: ExposureExecutor;
  readonly dedupeWindow: number;
  readonly maxSubjects: number;
  readonly maxQueued: number;
  readonly maxAttempts: number;
  readonly sendTimeout: number;
}

const DAY = 24 * 60 * 60 * 1000;

const KNOWN: readonly (keyof ExposureOptions)[] = [
  'sink',
  'executor',
  'dedupeWindow',
  'maxSubjects',
  'maxQueued',
  'maxAttempts',
  'sendTimeout',
];

/** Throws a HalyardError that names the wrong option. */
export function readExposures(
  given: ExposureOptions | undefined,
  source: FlagSource,
): ExposureSettings {
  const group = new OptionGroup('exposures', given, KNOWN);
  const settings: ExposureSettings = {
    sinks: readSinks(given?.sink ?? (source.exposures === undefined ? false : 'backend'), source),
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
  return settings;
}

function readSinks(
  sink: NonNullable<ExposureOptions['sink']>,
  source: FlagSource,
): readonly OpenSink[] {
  if (sink === false) return [];
  if (typeof sink === 'function') return [() => functionSink(sink)];
  if (!isList(sink)) return [readSink('exposures.sink', sink, source)];
  return sink.map((one, i) => readSink(`exposures.sink[${i}]`, one, source));
}

function isList<T>(sink: T | readonly T[]): sink is readonly T[] {
  return Array.isArray(sink);
}

function readSink(option: string, sink: ExposureSink | 'backend', source: FlagSource): OpenSink {
  if (sink !== 'backend') {
    checkSink(option, sink);
    return () => sink;
  }
  const { name, exposures: endpoint } = source;
  if (endpoint === undefined) {
    const expected = `a sink of your own, or false: the source "${name}" does not say where its backend takes exposures`;
    throw invalidOption(option, sink, expected);
  }
  checkEndpoint('source.exposures', endpoint);
  return (transport) => backendSink({ source: name, endpoint, transport });
}

function checkSink(option: string, sink: ExposureSink): void {
  if (typeof sink === 'function') {
    throw invalidOption(option, sink, 'a sink; wrap a function in `functionSink(…)`');
  }
  if (typeof sink?.send !== 'function' || typeof sink.name !== 'string') {
    const expected = "a sink with a `name` and a `send` method, 'backend', or false";
    throw invalidOption(option, sink, expected);
  }
  if (sink.accepts !== undefined && typeof sink.accepts !== 'function') {
    throw invalidOption(`${option}.accepts`, sink.accepts, 'a function');
  }
  for (const method of ['open', 'close'] as const) {
    const given: unknown = sink[method];
    if (given === undefined || typeof given === 'function') continue;
    throw invalidOption(`${option}.${method}`, given, 'a function');
  }
  checkBatchSize(option, sink.maxBatchSize);
}
