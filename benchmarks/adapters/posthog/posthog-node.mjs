import { PostHog } from 'posthog-node';

export const name = 'posthog-node 5.70.0';
/** Its calls return promises. */
export const async = true;

export async function create(text, environment) {
  return subjectOf(await compile(text), environment);
}

/** The same with its events on, which a server takes that is always there at once. */
export async function createWithExposures(text, environment) {
  const fetch = async () => new Response('{"status":"Ok"}');
  return subjectOf(await clientOn(text, { fetch, sendFeatureFlagEvent: true }), environment);
}

function subjectOf(client, environment) {
  const keys = environment.flags.map(({ key }) => key);
  const snapshotOf = snapshotReader(client);
  return {
    one: async ({ targetingKey, ...personProperties }, key) => {
      const result = await client.getFeatureFlagResult(key, targetingKey, { personProperties });
      return result.variant ?? result.enabled;
    },
    handle: snapshotOf,
    again: (snapshot, key) => snapshot.getFlag(key),
    all: snapshotOf,
    valuesOf: (snapshot) => keys.map((key) => snapshot.getFlag(key)),
    flush: () => client.flush(),
    close: () => client.shutdown(),
  };
}

export function compile(text) {
  const fetch = () => Promise.reject(new Error('There is no network here.'));
  return clientOn(text, { fetch });
}

/** A client of its own, on definitions that are there already: those of a shared cache. */
async function clientOn(text, options) {
  const client = clientOf({
    flagDefinitionCacheProvider: {
      shouldFetchFlagDefinitions: () => false,
      getFlagDefinitions: () => JSON.parse(text),
      onFlagDefinitionsReceived: () => undefined,
      shutdown: () => undefined,
    },
    ...options,
  });
  // The load that every client begins with, which this one joins.
  await client.reloadFeatureFlags();
  return client;
}

/** The client as it is, against a server. */
export async function connect(url) {
  const client = clientOf({ host: url, secretKey: 'phs_bench' });
  await client.reloadFeatureFlags();
  return {
    refresh: () => client.reloadFeatureFlags(),
    read: snapshotReader(client),
    close: () => client.shutdown(),
  };
}

function snapshotReader(client) {
  return ({ targetingKey, ...personProperties }) =>
    client.evaluateFlags(targetingKey, { personProperties });
}

/** Evaluates here and nowhere else, refreshes when it is told to, and sends no events. */
function clientOf(options) {
  return new PostHog('phc_bench', {
    featureFlagsPollingInterval: null,
    strictLocalEvaluation: true,
    sendFeatureFlagEvent: false,
    ...options,
  });
}
