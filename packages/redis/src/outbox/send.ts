import type { Exposure, ExposureSink } from '@halyard/core';
import { backgroundTimer } from '../timers.ts';

/**
 * Hands a batch to a sink. Resolves to the number of exposures it refused; rejects with what the sink
 * throws, or when it takes longer than `timeout` milliseconds.
 */
export function sendTo(
  sink: ExposureSink,
  batch: readonly Exposure[],
  timeout: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const timer = backgroundTimer(() => {
      const late = new Error(`the sink "${sink.name}" took longer than ${timeout} ms.`);
      reject(late);
      abort.abort(late);
    }, timeout);
    called(() => sink.send(batch, { signal: abort.signal }))
      .then((report) => resolve(refusals(report, batch.length)), reject)
      .finally(() => clearTimeout(timer));
  });
}

/** Turns what a function throws into a rejection. */
async function called(run: () => unknown): Promise<unknown> {
  return run();
}

function refusals(report: unknown, size: number): number {
  const rejected: unknown = Object(report).rejected;
  if (!Array.isArray(rejected)) return 0;
  const places = rejected.map((item): unknown => Object(item).index);
  const isPlace = (index: unknown) =>
    Number.isInteger(index) && Number(index) >= 0 && Number(index) < size;
  return new Set(places.filter(isPlace)).size;
}

/** Whether an error says that nothing but a correction can help. */
export function isPermanent(thrown: unknown): boolean {
  return Object(thrown).permanent === true;
}

const LONGEST_PAUSE = 60_000;

/**
 * Milliseconds from `now` that an error asks us to wait, by `retryAfter` as in the HTTP header, seconds or
 * a date; a minute at most.
 */
export function askedPause(thrown: unknown, now: number): number {
  const retryAfter: unknown = Object(thrown).retryAfter;
  if (typeof retryAfter !== 'string') return 0;
  const pause = /^\d+$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - now;
  return Number.isNaN(pause) ? 0 : Math.min(Math.max(pause, 0), LONGEST_PAUSE);
}
