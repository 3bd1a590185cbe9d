import { createFlagClient } from '@halyard/server';
import {
  compile as compileFlagsmith,
  flagsmith,
  flagsmithDefinitions,
  parse,
} from '@halyard/sources/flagsmith';
import { connectHalyard } from '../../refresh-stall/halyard-connection.mjs';

/** The whole runtime: client, snapshot, typed read with details. */
export const name = 'halyard client';

export async function create(text) {
  const client = createFlagClient({ source: flagsmithDefinitions(parse(text)) });
  await client.ready();
  return {
    one: (context, key) => client.snapshot(context).details(key, null).value,
    handle: (context) => client.snapshot(context),
    again: (snapshot, key) => snapshot.details(key, null).value,
    all: (context) => client.snapshot(context).all(),
    valuesOf: (resolutions) => [...resolutions.values()].map(({ value }) => value),
    close: () => client.close(),
  };
}

export function compile(text) {
  return compileFlagsmith(parse(text), { version: '1' });
}

/** The runtime on the backend's HTTP source. */
export function connect(url) {
  return connectHalyard(flagsmith({ environmentKey: 'ser.bench', apiUrl: `${url}/api/v1/` }));
}
