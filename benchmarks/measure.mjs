import { performance } from 'node:perf_hooks';

/** Nanoseconds per call: the median over batches of at least `batchMs`, after a warm-up. */
export function nanosecondsPerCall(call, { batchMs = 4, batches = 60 } = {}) {
  let perBatch = 1;
  for (;;) {
    const elapsed = timeBatch(call, perBatch);
    if (elapsed >= batchMs) break;
    perBatch = Math.ceil(
      perBatch * Math.min(10, Math.max(1.5, batchMs / Math.max(elapsed, 0.001))),
    );
  }
  for (let i = 0; i < 20; i++) timeBatch(call, perBatch);
  const times = Array.from({ length: batches }, () => timeBatch(call, perBatch) / perBatch);
  return median(times) * 1e6;
}

/** Milliseconds of one slow call, the median over repetitions. */
export function millisecondsPerCall(call, repetitions) {
  call();
  return median(
    Array.from({ length: repetitions }, () => {
      globalThis.gc?.();
      const started = performance.now();
      call();
      return performance.now() - started;
    }),
  );
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

let sink;

function timeBatch(call, count) {
  const started = performance.now();
  for (let i = 0; i < count; i++) sink = call();
  const elapsed = performance.now() - started;
  // Keeps the result alive, so that the optimiser cannot drop the calls.
  if (sink === timeBatch) throw new Error('unreachable');
  return elapsed;
}
