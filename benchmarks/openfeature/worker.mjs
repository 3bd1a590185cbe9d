// Reads one flag after another for fresh visitors by one of three ways: Halyard's client as it is, OpenFeature's
// SDK with Halyard's provider, or the SDK with a provider that does nothing. Prints nanoseconds per read as JSON.
import { HalyardServerProvider } from '@halyard/openfeature/server';
import { createFlagClient } from '@halyard/server';
import { OpenFeature } from '@openfeature/server-sdk';
import { nanosecondsPerCall } from '../measure.mjs';
import { createContexts, createEnvironment } from '../workload.mjs';

/** By the type of a flag's value. */
const READS = {
  boolean: { method: 'getBooleanDetails', fallback: false },
  string: { method: 'getStringDetails', fallback: '' },
  number: { method: 'getNumberDetails', fallback: 0 },
};

/** The SDK's own is never ready, and so never asked. */
const NOTHING = {
  metadata: { name: 'nothing' },
  runsOn: 'server',
  resolveBooleanEvaluation: async (_key, value) => ({ value }),
  resolveStringEvaluation: async (_key, value) => ({ value }),
  resolveNumberEvaluation: async (_key, value) => ({ value }),
  resolveObjectEvaluation: async (_key, value) => ({ value }),
};

const [backend, adapterName, flagCount, documentModule, way] = process.argv.slice(2);
const environment = createEnvironment(Number(flagCount));
const { toDocument, toContext = (visitor) => visitor } = await import(documentModule);
const text = JSON.stringify(toDocument(environment));
const { sourceOf } = await import(`../adapters/${backend}/${adapterName}.mjs`);
const contexts = createContexts().map(toContext);
const flags = environment.flags.map(({ key, variants }) => {
  const [value] = Object.values(variants);
  return { key, ...READS[typeof value] };
});

const client = createFlagClient({ source: sourceOf(text) });
await client.ready();
const read = await readerOf(way);
const { reason, errorMessage } = await read(flags[0], contexts[0]);
if (reason === 'ERROR') throw new Error(errorMessage);

let i = 0;
const ns = await nanosecondsPerCall(
  () => read(flags[(Math.imul(i, 2654435761) >>> 0) % flags.length], contexts[i++ & 16383]),
  { async: way !== 'client' },
);
await OpenFeature.close();
await client.close();
console.log(JSON.stringify({ ns }));

async function readerOf(name) {
  if (name === 'client') {
    return ({ key, fallback }, context) => client.snapshot(context).details(key, fallback);
  }
  const provider = name === 'provider' ? new HalyardServerProvider({ client }) : NOTHING;
  await OpenFeature.setProviderAndWait(provider);
  const reader = OpenFeature.getClient();
  return ({ key, method, fallback }, context) => reader[method](key, fallback, context);
}
