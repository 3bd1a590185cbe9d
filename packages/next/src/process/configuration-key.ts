import { fnv1a64, fnv1a64Hex } from '@halyard/core';
import type { ExposureOptions, FlagClientOptions } from '@halyard/server';

/**
 * Identifies a client's configuration. Every copy of a module must get the same key, so nothing in it
 * depends on object identity: a sink and a cache count by their names. Functions count as one, since each
 * bundle writes the same one in another way, and taking them for two would send every exposure twice.
 */
export function configurationKey(options: FlagClientOptions): string {
  const { source, refresh, cache, transport, exposures } = options;
  const text = JSON.stringify([
    source.name,
    source.id,
    sorted(refresh),
    sorted(transport),
    describeExposures(exposures),
    cache === undefined ? null : (cache.name ?? 'cache'),
  ]);
  return fnv1a64Hex(fnv1a64(text));
}

function describeExposures(exposures: ExposureOptions | undefined): unknown {
  if (exposures === undefined) return null;
  // The executor says when work is done, not what is counted; copies of it do not differ.
  const { sink, executor: _, ...numbers } = exposures;
  const sinks: readonly unknown[] = Array.isArray(sink) ? sink : [sink];
  return [sinks.map(describeSink), sorted(numbers)];
}

function describeSink(sink: unknown): unknown {
  if (typeof sink === 'function') return 'function';
  if (typeof sink !== 'object' || sink === null) return sink ?? null;
  return 'name' in sink ? String(sink.name) : null;
}

function sorted(options: object | undefined): unknown {
  return Object.entries(options ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
