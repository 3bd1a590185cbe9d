import { type FlagsBootstrap, HalyardError, isJsonObject } from '@halyard/core';

/** Milliseconds after which a request counts as failed: one that hangs must not end anything else. */
const TIMEOUT = 10_000;

/**
 * Asks the flags route for the visitor's map; undefined when the answer is that nothing has changed.
 * Throws HalyardError (REQUEST_FAILED) for any answer that is no map, and what `fetch` throws when there is
 * none.
 */
export async function requestFlags(
  endpoint: string,
  init: RequestInit = {},
): Promise<FlagsBootstrap | undefined> {
  const asked = `${init.method ?? 'GET'} ${endpoint}`;
  const response = await fetch(endpoint, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
  if (response.status === 304) return undefined;
  const answer = await jsonOf(response);
  if (!response.ok) {
    const reason = isJsonObject(answer) && answer.error ? `: ${answer.error}` : '';
    throw new HalyardError(
      'react',
      'REQUEST_FAILED',
      `${asked} answered ${response.status}${reason}. Export flags.handlers from that route, or give FlagsProvider another endpoint.`,
    );
  }
  if (!isJsonObject(answer) || !Array.isArray(answer.outcomes)) {
    throw new HalyardError(
      'react',
      'REQUEST_FAILED',
      `${asked} did not answer a map of flags. Check that the route exports flags.handlers, and that nothing before it answers instead, such as a login page.`,
    );
  }
  return answer as unknown as FlagsBootstrap;
}

/** The answer's JSON; undefined when it is none. Network errors are thrown. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
