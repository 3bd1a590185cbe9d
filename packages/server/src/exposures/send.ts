import { type Exposure, type ExposureSink, type HalyardError, messageOf } from '@halyard/core';
import { backgroundTimer, pause } from '../timers.ts';
import { exposureError } from './tally.ts';

/** How often and how long a batch is tried. */
export interface SendLimits {
  readonly maxAttempts: number;
  readonly sendTimeout: number;
}

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;

/**
 * Hands a batch to a sink, again if that fails. Resolves to the last error, or to undefined when the
 * sink has the batch. Never rejects; `signal` ends it early.
 */
export async function sendBatch(
  sink: ExposureSink,
  batch: readonly Exposure[],
  { maxAttempts, sendTimeout }: SendLimits,
  signal: AbortSignal,
): Promise<HalyardError | undefined> {
  for (let attempt = 1; ; attempt++) {
    const error = await trySend(sink, batch, sendTimeout, signal);
    if (error === undefined || attempt >= maxAttempts || signal.aborted) return error;
    await pause(retryPause(attempt), signal);
    if (signal.aborted) return error;
  }
}

/** Doubles with each try; half of it at random, so that many processes do not come back together. */
function retryPause(attempt: number): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(attempt - 1, 10), LONGEST_PAUSE);
  return pause * (0.5 + Math.random() / 2);
}

/** A sink may throw, reject, ignore its signal and never answer: each ends in an error here. */
function trySend(
  sink: ExposureSink,
  batch: readonly Exposure[],
  timeout: number,
  signal: AbortSignal,
): Promise<HalyardError | undefined> {
  return new Promise((resolve) => {
    const attempt = new AbortController();
    const end = (error?: HalyardError) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', close);
      resolve(error);
    };
    const giveUp = (error: HalyardError) => {
      end(error);
      attempt.abort(error);
    };
    const close = () =>
      giveUp(exposureError('CLOSED', `the client closed while "${sink.name}" was sending.`));
    const timer = backgroundTimer(() => {
      const limit = `longer than ${timeout} ms (\`exposures.sendTimeout\`)`;
      giveUp(exposureError('DEADLINE_EXCEEDED', `the sink "${sink.name}" took ${limit}.`));
    }, timeout);
    signal.addEventListener('abort', close);
    // A copy, because the same batch is sent again after a failure.
    called(() => sink.send([...batch], { signal: attempt.signal })).then(
      () => end(),
      (thrown: unknown) => {
        const message = `the sink "${sink.name}" failed: ${messageOf(thrown)}`;
        end(exposureError('REQUEST_FAILED', message));
      },
    );
  });
}

/** Turns what a function throws into a rejection. */
async function called(run: () => unknown): Promise<void> {
  await run();
}
