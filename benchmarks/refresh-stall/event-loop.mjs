import { performance } from 'node:perf_hooks';
import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises';

/** Whatever the work leaves for later, such as timers and garbage, is waited for this long. */
const AFTERMATH_MS = 5;

/** The longest time, in milliseconds, during which an asynchronous piece of work lets nothing else run. */
export async function longestStall(work) {
  const ticker = startTicker();
  await nextTick();
  await work();
  await sleep(AFTERMATH_MS);
  await nextTick();
  return ticker.stop();
}

/** Turns the event loop as fast as it goes, and keeps the longest turn. */
function startTicker() {
  let longest = 0;
  let last = performance.now();
  let isRunning = true;
  const tick = () => {
    const now = performance.now();
    if (now - last > longest) longest = now - last;
    last = now;
    if (isRunning) setImmediate(tick);
  };
  setImmediate(tick);
  return {
    stop() {
      isRunning = false;
      return longest;
    },
  };
}
