import { createFlagClient, memorySink } from '@halyard/server';
import {
  compile as compilePosthog,
  parse,
  posthog,
  posthogDefinitions,
} from '@halyard/sources/posthog';
import { connectHalyard } from '../../refresh-stall/halyard-connection.mjs';

/** The whole runtime: client, snapshot, typed read with details. Definitions given in code count nothing. */
export const name = 'halyard client';

export function create(text) {
  return subjectOf({ source: posthogDefinitions(parse(text)) });
}

/** The same with every visitor's first sight of a flag counted, and kept in memory. */
export function createWithExposures(text) {
  const exposures = { sink: memorySink() };
  return subjectOf({ source: posthogDefinitions(parse(text)), exposures });
}

export function compile(text) {
  return compilePosthog(parse(text), { version: '1' });
}

/** The runtime on the backend's HTTP source. */
export function connect(url) {
  return connectHalyard(posthog({ projectKey: 'phc_bench', secretKey: 'phs_bench', host: url }));
}

async function subjectOf(options) {
  const client = createFlagClient(options);
  await client.ready();
  return {
    one: (context, key) => client.snapshot(context).details(key, null).value,
    handle: (context) => client.snapshot(context),
    again: (snapshot, key) => snapshot.details(key, null).value,
    all: (context) => client.snapshot(context).all(),
    valuesOf: (resolutions) => [...resolutions.values()].map(({ value }) => value),
    flush: () => client.flush(),
    close: () => client.close(),
  };
}
