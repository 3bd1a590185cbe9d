// Reads flags through one client with its exposures on and through one with them off, in turns. Prints
// nanoseconds per read as JSON.
import { performance } from 'node:perf_hooks';
import { lowerQuartile } from '../measure.mjs';
import { createContexts, createEnvironment } from '../workload.mjs';

const [backend, adapterName, flagCount, documentModule] = process.argv.slice(2);
const environment = createEnvironment(Number(flagCount));
const { toDocument, toContext = (visitor) => visitor } = await import(documentModule);
const text = JSON.stringify(toDocument(environment));
const adapter = await import(`../adapters/${backend}/${adapterName}.mjs`);
const isAsync = adapter.async ?? false;
/** Per batch, and how many come back: fewer than any client's queue holds. */
const VISITORS = adapter.burst ?? 2000;
const { batches, warmUp } = isAsync ? { batches: 15, warmUp: 5 } : { batches: 150, warmUp: 100 };
const keys = environment.flags.map(({ key }) => key);
const visitors = createContexts(VISITORS);
const returning = visitors.map(toContext);
const clients = {
  offNs: await adapter.create(text, environment),
  onNs: await adapter.createWithExposures(text, environment),
};
const times = Object.fromEntries(
  ['counted', 'settled', 'first', 'delivered'].map((row) => [row, newTimes()]),
);

await eachBatch(async (client) => {
  const started = performance.now();
  const counted = await timeOf(() => readAll(client, returning));
  // What they had not seen is delivered before the first batch that counts.
  await client.flush();
  return { counted, settled: performance.now() - started };
});
await eachBatch(async (client, batch) => {
  const strangers = newVisitors(batch);
  const started = performance.now();
  const first = await timeOf(() => readAll(client, strangers));
  await client.flush();
  return { first, delivered: performance.now() - started };
});
for (const client of Object.values(clients)) await client.close();
console.log(JSON.stringify(Object.fromEntries(Object.entries(times).map(summarised))));

/** Keeps the times of a batch per client; who is first changes, and the first batches warm up. */
async function eachBatch(measure) {
  for (let batch = -warmUp; batch < batches; batch++) {
    const order = Object.keys(clients);
    if (batch % 2 === 0) order.reverse();
    for (const state of order) {
      const measured = await measure(clients[state], batch);
      if (batch < 0) continue;
      for (const row in measured) times[row][state].push(measured[row]);
    }
  }
}

/** Of work without promises no more than the work itself: microtasks begin delivering after it. */
async function timeOf(work) {
  const started = performance.now();
  const promise = work();
  if (promise !== undefined) await promise;
  return performance.now() - started;
}

function readAll(client, contexts) {
  return isAsync ? readAllAsync(client, contexts) : readAllSync(client, contexts);
}

function readAllSync(client, contexts) {
  for (let i = 0; i < VISITORS; i++) client.one(contexts[i], keys[i % keys.length]);
}

async function readAllAsync(client, contexts) {
  for (let i = 0; i < VISITORS; i++) await client.one(contexts[i], keys[i % keys.length]);
}

function newVisitors(batch) {
  return visitors.map((visitor, i) =>
    toContext({ ...visitor, targetingKey: `visitor-${batch}-${i}` }),
  );
}

function newTimes() {
  return { offNs: [], onNs: [] };
}

function summarised([row, { offNs, onNs }]) {
  const perRead = (list) => (lowerQuartile(list) / VISITORS) * 1e6;
  return [row, { offNs: perRead(offNs), onNs: perRead(onNs) }];
}
