import { type HalyardError, messageOf } from '@halyard/core';
import { askedPause, isPermanent } from '../retry-advice.ts';
import { backgroundTimer, pause } from '../timers.ts';
import { readReport } from './report.ts';
import type { Sink } from './sink.ts';
import { deliveryError, type Wording } from './wording.ts';

/** How often and how long a batch is tried. */
export interface SendLimits {
  readonly maxAttempts: number;
  readonly sendTimeout: number;
  readonly clock: () => number;
}

/** How a batch is sent, and spoken of. */
export interface SendOptions extends SendLimits {
  readonly wording: Wording;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/** The sink has the batch, but for the items at these places: it refused them, and said why. */
interface Taken {
  readonly refusals: ReadonlyMap<number, string>;
}

/** The sink does not have the batch. */
interface Failed {
  readonly error: HalyardError;
  /** What the sink threw, which may say something about trying again. */
  readonly thrown?: unknown;
}

/** What became of a batch. */
export type SendOutcome = Taken | Failed;

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
/** The longest a sink may have us wait, in milliseconds: what is behind the batch waits as well. */
const LONGEST_WAIT = 60_000;

/**
 * Hands a batch to a sink, again if it fails in a way that may pass. Resolves to what became of it in
 * the end. Never rejects.
 */
export async function sendBatch<Item>(
  sink: Sink<Item>,
  batch: readonly Item[],
  options: SendOptions,
): Promise<SendOutcome> {
  const { maxAttempts, clock, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const outcome = await trySend(sink, batch, options);
    if ('refusals' in outcome) return outcome;
    const { thrown } = outcome;
    if (isPermanent(thrown) || attempt >= maxAttempts || signal.aborted) return outcome;
    const asked = Math.min(askedPause(thrown, clock()), LONGEST_WAIT);
    await pause(Math.max(retryPause(attempt), asked), signal);
    if (signal.aborted) return outcome;
  }
}

/** Doubles with each try; half of it at random, so that many processes do not come back together. */
function retryPause(attempt: number): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(attempt - 1, 10), LONGEST_PAUSE);
  return pause * (0.5 + Math.random() / 2);
}

/** A sink may throw, reject, ignore its signal and never answer: each ends in an error here. */
function trySend<Item>(
  sink: Sink<Item>,
  batch: readonly Item[],
  { sendTimeout, signal, wording }: SendOptions,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const attempt = new AbortController();
    const end = (outcome: SendOutcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', close);
      resolve(outcome);
    };
    const giveUp = (error: HalyardError) => {
      end({ error });
      attempt.abort(error);
    };
    const close = () =>
      giveUp(
        deliveryError(wording, 'CLOSED', `the client closed while "${sink.name}" was sending.`),
      );
    const timer = backgroundTimer(() => {
      const limit = `longer than ${sendTimeout} ms (\`exposures.sendTimeout\`)`;
      giveUp(deliveryError(wording, 'DEADLINE_EXCEEDED', `the sink "${sink.name}" took ${limit}.`));
    }, sendTimeout);
    signal.addEventListener('abort', close);
    // A copy, because the same batch is sent again after a failure.
    called(() => sink.send([...batch], { signal: attempt.signal })).then(
      (report) => end({ refusals: readReport(report, batch.length) }),
      (thrown: unknown) => {
        const message = `the sink "${sink.name}" failed: ${messageOf(thrown)}`;
        end({ error: deliveryError(wording, 'REQUEST_FAILED', message), thrown });
      },
    );
  });
}

/** Turns what a function throws into a rejection. */
async function called(run: () => unknown): Promise<unknown> {
  return run();
}
