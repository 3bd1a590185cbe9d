// Reads flags through OpenFeature, whose reads can wait, from a client with one executor for its exposures,
// or without exposures. Events take their time at the backend. Prints milliseconds per read as JSON.
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HalyardServerProvider } from '@halyard/openfeature/server';
import { background, createFlagClient, inline } from '@halyard/server';
import { OpenFeature } from '@openfeature/server-sdk';
import { lowerQuartile } from '../measure.mjs';
import { createContexts, createEnvironment } from '../workload.mjs';
import { after, afterResponse, withinRequest } from './next-request.mjs';

const EXPOSURES = {
  none: { sink: false },
  background: { executor: background() },
  afterResponse: { executor: afterResponse() },
  inline: { executor: inline() },
};
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
/** What is still to be sent when the reads are over is not waited for. */
const CLOSING_MS = 10;

const [backend, flagCount, documentModule, evaluation, executor, trackingMs, reads] =
  process.argv.slice(2);
const warmUp = Number(reads) / 5;
const { SOURCES, startServer } = await import(`../adapters/${backend}/sources.mjs`);
const { toContext = (visitor) => visitor } = await import(documentModule);
const { flags } = createEnvironment(Number(flagCount));
const flag = flags.find(({ kind }) => kind === 'multivariate');
const visitors = createContexts(warmUp + Number(reads)).map(toContext);
const server = await startServer({ trackingMs, flagCount });
const client = createFlagClient({
  source: SOURCES[evaluation](server.url),
  exposures: EXPOSURES[executor],
  logger: SILENT,
});
await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client }));
const reader = OpenFeature.getClient();

const times = [];
for (const visitor of visitors) {
  const started = performance.now();
  const { reason, errorMessage } = await withinRequest(() =>
    reader.getNumberDetails(flag.key, -1, visitor),
  );
  times.push(performance.now() - started);
  if (reason === 'ERROR') throw new Error(errorMessage);
  // What was put off gets its turn.
  await nextTurn();
}
const { recorded } = client.status().exposures;
if (recorded !== (executor === 'none' ? 0 : visitors.length)) {
  throw new Error(`${recorded} exposures of ${visitors.length} reads`);
}
if (executor === 'afterResponse' && after.calls < visitors.length) {
  throw new Error(`after() was called ${after.calls} times for ${visitors.length} reads`);
}
await OpenFeature.close();
await client.close({ deadline: CLOSING_MS });
server.stop();
const counted = times.slice(warmUp);
console.log(JSON.stringify({ usual: lowerQuartile(counted), longest: Math.max(...counted) }));
