import { background, createFlagClient, memorySink } from '@halyard/server';
import {
  compile as compileMixpanel,
  mixpanel,
  mixpanelDefinitions,
  parse,
} from '@halyard/sources/mixpanel';
import { connectHalyard } from '../../refresh-stall/halyard-connection.mjs';

/** The whole runtime: client, snapshot, typed read with details. Definitions given in code count nothing. */
export const name = 'halyard client';

export function create(text, environment) {
  return subjectOf({ source: sourceOf(text) }, environment);
}

/** The same with every visitor's first sight of a flag counted, and kept in memory. */
export function createWithExposures(text, environment) {
  const exposures = { sink: memorySink(), executor: background() };
  return subjectOf({ source: sourceOf(text), exposures }, environment);
}

export function compile(text) {
  return compileMixpanel(parse(text), { version: '1' });
}

/** The runtime on the backend's HTTP source. */
export function connect(url) {
  return connectHalyard(mixpanel({ token: 'bench', apiHost: url }));
}

/** The definitions as they are, without a network. */
export function sourceOf(text) {
  return mixpanelDefinitions(parse(text));
}

async function subjectOf(options, { flags }) {
  const client = createFlagClient(options);
  await client.ready();
  return {
    one: (context, key) => client.snapshot(context).details(key, null).value,
    handle: (context) => client.snapshot(context),
    again: (snapshot, key) => snapshot.details(key, null).value,
    all: (context) => client.snapshot(context).all(),
    // Flags without a variant for the visitor are not among them.
    valuesOf: (resolutions) => flags.map(({ key }) => resolutions.get(key)?.value ?? null),
    flush: () => client.flush(),
    close: () => client.close(),
  };
}
