// How long one client keeps the event loop from turning when it refreshes over HTTP, and when all flags
// are read for the first time afterwards. In a process of its own; prints milliseconds as JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import { createContexts } from '../workload.mjs';
import { longestStall } from './event-loop.mjs';
import { startServer } from './start-server.mjs';

const WARM_UP = 5;
/** Lets the server settle, so that it is not measured. */
const PAUSE_MS = 20;

const [adapterModule, documentModule, flagCount, refreshes] = process.argv.slice(2);
const { connect } = await import(adapterModule);
const { toContext = (context) => context } = await import(documentModule);
const [visitor] = createContexts(1).map(toContext);
const server = await startServer(documentModule, flagCount);
const client = await connect(server.url);
const stalls = { nothing: [], changed: [], firstRead: [], notModified: [], sameBytes: [] };
let revision = 0;

for (let i = -WARM_UP; i < Number(refreshes); i++) {
  await measure('nothing', () => sleep(PAUSE_MS), i);
  revision++;
  await serve({ revision, validators: true });
  await measure('changed', () => refresh('changed'), i);
  if (client.read) await measure('firstRead', () => client.read(visitor), i);
  await serve({ revision, validators: true });
  await measure('notModified', () => refresh('unchanged'), i);
  await serve({ revision, validators: false });
  await measure('sameBytes', () => refresh('unchanged'), i);
}
await client.close?.();
server.stop();
console.log(JSON.stringify(stalls));

async function measure(what, work, round) {
  const stall = await longestStall(work);
  if (round >= 0) stalls[what].push(stall);
}

async function serve(content) {
  await server.show(content);
  await sleep(PAUSE_MS);
}

async function refresh(expected) {
  const outcome = await client.refresh();
  // Not every client tells.
  if (outcome === undefined || outcome === expected) return;
  throw new Error(`The refresh was ${outcome}, and should have been ${expected}.`);
}
