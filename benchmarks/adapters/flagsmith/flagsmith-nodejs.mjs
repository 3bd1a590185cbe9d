import { Flagsmith } from 'flagsmith-nodejs';

export const name = 'flagsmith-nodejs 8.1.2';
/** Its calls return promises. */
export const async = true;

/** A day: the poll must not come in between. */
const NEVER_SECONDS = 86_400;

export async function create(text) {
  const flagsOf = flagsReader(await compile(text));
  return {
    one: async (context, key) => (await flagsOf(context)).getFlag(key).value,
    handle: flagsOf,
    again: (flags, key) => flags.getFlag(key).value,
    all: async (context) => (await flagsOf(context)).allFlags(),
    valuesOf: (list) => list.map(({ value }) => value),
  };
}

/** Its own refresh, on an answer that is there already. */
export async function compile(text) {
  const answer = { status: 200, headers: new Headers(), json: async () => JSON.parse(text) };
  const client = clientOf({ fetch: async () => answer });
  await client.updateEnvironment();
  return client;
}

/** The client as it is, against a server. */
export function connect(url) {
  const client = clientOf({ apiUrl: `${url}/api/v1/` });
  return { refresh: () => client.updateEnvironment(), read: flagsReader(client) };
}

function flagsReader(client) {
  return ({ targetingKey, ...traits }) => client.getIdentityFlags(targetingKey, traits);
}

function clientOf(options) {
  const client = new Flagsmith({
    environmentKey: 'ser.bench',
    enableLocalEvaluation: true,
    environmentRefreshIntervalSeconds: NEVER_SECONDS,
    onEnvironmentChange: (error) => {
      if (error) throw error;
    },
    ...options,
  });
  // Stops its timer, which would hold the process, and nothing else.
  client.close();
  return client;
}
