// Measures one adapter on one workload in a process of its own, so that no adapter trains the
// optimiser for another. Prints its figures as JSON.
import { createHash } from 'node:crypto';
import { millisecondsPerCall, nanosecondsPerCall } from './measure.mjs';
import { createContexts, createEnvironment } from './workload.mjs';

const [backend, adapterName, flagCount, documentModule] = process.argv.slice(2);
const environment = createEnvironment(Number(flagCount));
const { toDocument } = await import(documentModule);
const text = JSON.stringify(toDocument(environment));
const contexts = createContexts();
const adapter = await import(`./adapters/${backend}/${adapterName}.mjs`);
const subject = await adapter.create(text, environment);
const keys = shuffledKeys(environment.flags);
/** The hand-written evaluator is given the environment, not its text. */
const loadsNothing = adapter.name === 'hand-written';

let i = 0;
const nextContext = () => contexts[i++ & 16383];
const nextKey = () => keys[i % keys.length];
const handles = contexts.slice(0, 64).map((context) => subject.handle(context));

const figures = {
  digest: digestOfAnswers(),
  oneNs: nanosecondsPerCall(() => subject.one(nextContext(), nextKey())),
  againNs: nanosecondsPerCall(() => {
    i++;
    return subject.again(handles[i & 63], nextKey());
  }),
  allNs: nanosecondsPerCall(() => subject.all(nextContext())),
  compileMs: millisecondsPerCall(() => adapter.compile(text), Number(flagCount) > 1000 ? 15 : 60),
  coldMs: coldStart(),
  parseMs: millisecondsPerCall(() => JSON.parse(text), Number(flagCount) > 1000 ? 15 : 60),
  heapMiB: heapOfDefinitions(),
};
await subject.close?.();
console.log(JSON.stringify(figures));

/** What the adapter answers for every flag and 200 visitors: adapters that differ measure different work. */
function digestOfAnswers() {
  const hash = createHash('sha1');
  for (const context of contexts.slice(0, 200)) {
    hash.update(JSON.stringify(subject.valuesOf(subject.all(context))));
    for (const { key } of environment.flags.slice(0, 438)) {
      hash.update(JSON.stringify(subject.one(context, key)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Loading and then reading every flag once: what was put off while loading is paid here. */
function coldStart() {
  if (loadsNothing) return undefined;
  const load = () => adapter.create(text, environment);
  if (load() instanceof Promise) return undefined;
  return millisecondsPerCall(() => load().all(contexts[0]), Number(flagCount) > 1000 ? 15 : 40);
}

function heapOfDefinitions() {
  if (loadsNothing) return undefined;
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 3 }, () => adapter.compile(text));
  globalThis.gc();
  const used = process.memoryUsage().heapUsed - before;
  return used / kept.length / 1024 / 1024;
}

function shuffledKeys(flags) {
  return flags
    .map(({ key }, n) => [Math.imul(n + 1, 2654435761) >>> 0, key])
    .sort((a, b) => a[0] - b[0])
    .map(([, key]) => key);
}
