import { performance } from 'node:perf_hooks';

/** Calls that take seconds are repeated as often as this allows, but a few times at least. */
const BUDGET_MS = 10_000;
const LEAST_ROUNDS = 4;

/**
 * Nanoseconds per call: the lower quartile over batches of about `batchMs`, after a warm-up. What other
 * processes take from the machine only ever adds, so that the quieter batches are the truer ones.
 *
 * @param options.async Whether the calls return promises, each awaited before the next. Default: false.
 */
export async function nanosecondsPerCall(call, options = {}) {
  const { async = false, batchMs = 4, batches = 60, warmUpMs = 400 } = options;
  const timeBatch = async ? timeAsyncBatch : timeSyncBatch;
  let perBatch = 1;
  // The optimiser is done with the smallest functions only after some 100,000 calls.
  for (const start = performance.now(); performance.now() - start < warmUpMs; ) {
    const elapsed = await timeBatch(call, perBatch);
    if (elapsed >= batchMs) continue;
    const growth = Math.min(10, Math.max(1.2, batchMs / Math.max(elapsed, 0.001)));
    perBatch = Math.ceil(perBatch * growth);
  }
  const times = [];
  for (let i = 0; i < batches; i++) times.push((await timeBatch(call, perBatch)) / perBatch);
  return lowerQuartile(times) * 1e6;
}

/**
 * Milliseconds of slow calls, likewise the lower quartile. The calls take turns, so that the ratios
 * between them hold in a busy minute as well. One that is undefined stays so.
 */
export async function millisecondsOfEach(calls, { async = false, repetitions }) {
  const timeBatch = async ? timeAsyncBatch : timeSyncBatch;
  const times = calls.map(() => []);
  const started = performance.now();
  const isEnough = (rounds) => rounds >= LEAST_ROUNDS && performance.now() - started > BUDGET_MS;
  for (let round = -1; round < repetitions && !isEnough(round); round++) {
    for (const [i, call] of calls.entries()) {
      if (call === undefined) continue;
      globalThis.gc?.();
      const elapsed = await timeBatch(call, 1);
      if (round >= 0) times[i].push(elapsed);
    }
  }
  return times.map((list) => (list.length === 0 ? undefined : lowerQuartile(list)));
}

export function median(numbers) {
  return ascending(numbers)[numbers.length >> 1];
}

export function lowerQuartile(numbers) {
  return ascending(numbers)[numbers.length >> 2];
}

function ascending(numbers) {
  return [...numbers].sort((a, b) => a - b);
}

let sink;

function timeSyncBatch(call, count) {
  const started = performance.now();
  for (let i = 0; i < count; i++) sink = call();
  return keep(performance.now() - started);
}

async function timeAsyncBatch(call, count) {
  const started = performance.now();
  for (let i = 0; i < count; i++) sink = await call();
  return keep(performance.now() - started);
}

/** Keeps the result alive, so that the optimiser cannot drop the calls. */
function keep(elapsed) {
  if (sink === keep) throw new Error('unreachable');
  return elapsed;
}
