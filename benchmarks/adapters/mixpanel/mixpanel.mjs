import http from 'node:http';
import https from 'node:https';
import mixpanel from 'mixpanel';

export const name = 'mixpanel 0.24.0';
/** Each exposure is a request of its own, on a connection of its own while the others are busy. */
export const burst = 200;

export function create(text, environment) {
  return subjectOf(compile(text), environment, false);
}

/** The same with its events on, which a server in another process takes at once. */
export async function createWithExposures(text, environment) {
  // Only here: bundlers of applications do not take it.
  const { startServer } = await import('./start-server.mjs');
  const server = await startServer();
  const { hostname: host, port } = new URL(server.url);
  const client = clientOf({ protocol: 'http', host, port });
  const sending = countSending(client);
  const flags = withDefinitions(client.local_flags, text);
  return {
    ...subjectOf(flags, environment, true),
    flush: () => sending.end(),
    close: () => server.stop(),
  };
}

export function compile(text) {
  return withDefinitions(clientOf().local_flags, text);
}

/** The client as it is, against a server: it knows no protocol but HTTPS, and no port but 443. */
export async function connect(url) {
  const { hostname: host, port } = new URL(url);
  https.request = (options, onResponse) => http.request({ ...options, host, port }, onResponse);
  const flags = clientOf().local_flags;
  const refresh = async () => {
    // What its timer does.
    await flags._fetchFlagDefinitions();
  };
  await refresh();
  return { refresh, read: async (context) => flags.getAllVariants(context) };
}

function subjectOf(flags, environment, reportsExposures) {
  const keys = environment.flags.map(({ key }) => key);
  const one = (context, key) => flags.getVariantValue(key, null, context, reportsExposures);
  return {
    one,
    handle: (context) => context,
    again: one,
    all: (context) => flags.getAllVariants(context),
    valuesOf: (variants) => keys.map((key) => variants[key]?.variant_value ?? null),
    flush: () => undefined,
    close: () => undefined,
  };
}

/** What it does with the answer to its request, on one that is there already. */
function withDefinitions(flags, text) {
  flags.flagDefinitions = new Map(JSON.parse(text).flags.map((flag) => [flag.key, flag]));
  return flags;
}

function clientOf(options) {
  return mixpanel.init('bench', { local_flags_config: { enable_polling: false }, ...options });
}

/** Knows when everything that was sent has been answered, which the client does not tell. */
function countSending(client) {
  const send = client.send_request;
  let pending = 0;
  let ended = () => undefined;
  client.send_request = (request, callback) => {
    pending++;
    send(request, (error) => {
      pending--;
      callback(error);
      if (pending === 0) ended();
    });
  };
  return {
    async end() {
      if (pending > 0) await new Promise((resolve) => (ended = resolve));
    },
  };
}
