import { type EvaluationContext, isJsonObject, messageOf } from '@halyard/core';
import type { IdentifyRequest } from '../flags.ts';
import type { Settings } from '../settings.ts';
import { rethrowFrameworkSignal } from './framework-signals.ts';

/** Who the visitor is, or why that is not known. */
export type Identity =
  | { readonly context: EvaluationContext; readonly problem?: undefined }
  | { readonly context?: undefined; readonly problem: string };

/**
 * Asks the application who the visitor is. Only Next's own signals (an identify that redirects) are
 * thrown; everything else, slowness included, ends in a problem.
 */
export async function identifyVisitor(
  settings: Pick<Settings, 'identify' | 'identifyTimeout'>,
  request: IdentifyRequest,
): Promise<Identity> {
  try {
    const answer = settings.identify(request);
    const context = isThenable(answer)
      ? await withinTimeout(answer, settings.identifyTimeout)
      : answer;
    return checkContext(context);
  } catch (error) {
    rethrowFrameworkSignal(error);
    return { problem: `identify failed: ${messageOf(error)}` };
  }
}

function checkContext(context: unknown): Identity {
  if (!isJsonObject(context)) {
    return { problem: 'identify returned no evaluation context; return an object, or {}' };
  }
  const { targetingKey } = context;
  if (targetingKey !== undefined && typeof targetingKey !== 'string') {
    return {
      problem: `identify returned a targetingKey of type ${typeof targetingKey}; return a string`,
    };
  }
  return { context: context as EvaluationContext };
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** The timer is cleared as soon as there is an answer: a pending one would pin the request's memory. */
async function withinTimeout<T>(work: PromiseLike<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${timeout} ms (identifyTimeout)`));
    }, timeout);
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
