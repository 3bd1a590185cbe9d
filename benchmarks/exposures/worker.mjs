// Reads flags through one client with its exposures on and through one with them off, in turns. Prints
// nanoseconds per read as JSON.
import { performance } from 'node:perf_hooks';
import { lowerQuartile } from '../measure.mjs';
import { createContexts, createEnvironment } from '../workload.mjs';

/** Per batch, and how many come back: fewer than any client's queue holds. */
const VISITORS = 2000;

const [backend, adapterName, flagCount, documentModule] = process.argv.slice(2);
const environment = createEnvironment(Number(flagCount));
const { toDocument } = await import(documentModule);
const text = JSON.stringify(toDocument(environment));
const adapter = await import(`../adapters/${backend}/${adapterName}.mjs`);
const isAsync = adapter.async ?? false;
const { batches, warmUp } = isAsync ? { batches: 15, warmUp: 5 } : { batches: 150, warmUp: 100 };
const keys = environment.flags.map(({ key }) => key);
const returning = createContexts(VISITORS);
const clients = {
  offNs: await adapter.create(text, environment),
  onNs: await adapter.createWithExposures(text, environment),
};
const times = { counted: newTimes(), first: newTimes(), delivered: newTimes() };

await eachBatch(async (client) => {
  const counted = await timeOf(() => readAll(client, returning));
  // What they had not seen is delivered before the first batch that counts.
  await client.flush();
  return { counted };
});
await eachBatch(async (client, batch) => {
  const visitors = newVisitors(batch);
  const started = performance.now();
  const first = await timeOf(() => readAll(client, visitors));
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

function readAll(client, visitors) {
  return isAsync ? readAllAsync(client, visitors) : readAllSync(client, visitors);
}

function readAllSync(client, visitors) {
  for (let i = 0; i < VISITORS; i++) client.one(visitors[i], keys[i % keys.length]);
}

async function readAllAsync(client, visitors) {
  for (let i = 0; i < VISITORS; i++) await client.one(visitors[i], keys[i % keys.length]);
}

function newVisitors(batch) {
  return returning.map((context, i) => ({ ...context, targetingKey: `visitor-${batch}-${i}` }));
}

function newTimes() {
  return { offNs: [], onNs: [] };
}

function summarised([row, { offNs, onNs }]) {
  const perRead = (list) => (lowerQuartile(list) / VISITORS) * 1e6;
  return [row, { offNs: perRead(offNs), onNs: perRead(onNs) }];
}
