// Measures one adapter on one workload in a process of its own, so that no adapter trains the
// optimiser for another. Prints its figures as JSON.
import { createHash } from 'node:crypto';
import { millisecondsOfEach, nanosecondsPerCall } from './measure.mjs';
import { createContexts, createEnvironment } from './workload.mjs';

const [backend, adapterName, flagCount, documentModule] = process.argv.slice(2);
const environment = createEnvironment(Number(flagCount));
const { toDocument, toContext = (visitor) => visitor } = await import(documentModule);
const text = JSON.stringify(toDocument(environment));
const contexts = createContexts().map(toContext);
const adapter = await import(`./adapters/${backend}/${adapterName}.mjs`);
const subject = await adapter.create(text, environment);
const keys = shuffledKeys(environment.flags);
/** Whether the adapter's calls return promises. */
const async = adapter.async ?? false;
const repetitions = Number(flagCount) > 1000 ? 15 : 60;

let i = 0;
const nextContext = () => contexts[i++ & 16383];
const nextKey = () => keys[i % keys.length];
const handles = await Promise.all(contexts.slice(0, 64).map((context) => subject.handle(context)));

const figures = {
  digest: await digestOfAnswers(),
  oneNs: await nanosecondsPerCall(() => subject.one(nextContext(), nextKey()), { async }),
  // What was handed out before is read without waiting, by every adapter.
  againNs: await nanosecondsPerCall(() => {
    i++;
    return subject.again(handles[i & 63], nextKey());
  }),
  allNs: await nanosecondsPerCall(() => subject.all(nextContext()), { async }),
  ...(await loading()),
  heapMiB: adapter.loadsNothing ? undefined : await heapOf(() => adapter.compile(text)),
  heapReadMiB: adapter.loadsNothing ? undefined : await heapOf(loadAndReadAll),
};
await subject.close?.();
console.log(JSON.stringify(figures));

/** What the adapter answers for every flag and 200 visitors: adapters that differ measure different work. */
async function digestOfAnswers() {
  const hash = createHash('sha1');
  for (const [n, context] of contexts.slice(0, 200).entries()) {
    const values = subject.valuesOf(await subject.all(context));
    hash.update(JSON.stringify(values));
    // Slow adapters evaluate everything for each flag read: a sample of the flags tells enough.
    for (let f = async ? n : 0; f < Math.min(438, values.length); f += async ? 200 : 1) {
      const value = await subject.one(context, environment.flags[f].key);
      if (value === values[f]) continue;
      throw new Error(`${environment.flags[f].key} is ${value} alone and ${values[f]} in bulk`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Loading, loading and then reading every flag once, and parsing, which is the least of both. */
async function loading() {
  const load = () => adapter.compile(text);
  const parse = () => JSON.parse(text);
  const calls = [load, await coldStart(), parse];
  const [compileMs, coldMs, parseMs] = await millisecondsOfEach(calls, { async, repetitions });
  return { compileMs, coldMs, parseMs };
}

/** What was put off while loading is paid here. Undefined where that cannot be measured. */
async function coldStart() {
  if (adapter.loadsNothing) return undefined;
  if (async) return async () => (await adapter.create(text, environment)).all(contexts[0]);
  const probe = adapter.create(text, environment);
  if (!(probe instanceof Promise)) return () => adapter.create(text, environment).all(contexts[0]);
  await (await probe).close();
  return undefined;
}

async function loadAndReadAll() {
  const loaded = await adapter.create(text, environment);
  await loaded.all(contexts[0]);
  return loaded;
}

/** MiB on the heap per thing made, while it is kept. */
async function heapOf(make) {
  // What only the first one needs is there before it counts.
  const kept = [await make()];
  const before = heapUsed();
  for (let n = 0; n < 4; n++) kept.push(await make());
  const used = heapUsed() - before;
  for (const thing of kept) await thing.close?.();
  return used / (kept.length - 1) / 1024 / 1024;
}

function heapUsed() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function shuffledKeys(flags) {
  return flags
    .map(({ key }, n) => [Math.imul(n + 1, 2654435761) >>> 0, key])
    .sort((a, b) => a[0] - b[0])
    .map(([, key]) => key);
}
