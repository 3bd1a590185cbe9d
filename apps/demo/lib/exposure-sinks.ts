import type { Exposure, ExposureSink } from '@halyard/core';
import { functionSink } from '@halyard/server';
import { recentExposures } from './runtime/recent-exposures.ts';

/**
 * Where the shop's exposures go: to the runtime page, which keeps the latest, and, where
 * EXPOSURE_SINK_URL is set, to that address as batches of JSON.
 */
export function exposureSinks(): readonly ExposureSink[] {
  const page = functionSink((batch) => recentExposures().push(...batch), { name: 'runtime-page' });
  const url = process.env.EXPOSURE_SINK_URL;
  if (url === undefined || url === '') return [page];
  return [page, functionSink((batch, { signal }) => post(url, batch, signal), { name: 'http' })];
}

async function post(url: string, batch: readonly Exposure[], signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(batch),
    cache: 'no-store',
    signal,
  });
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}`);
}
