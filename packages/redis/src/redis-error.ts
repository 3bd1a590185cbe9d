import { HalyardError, isHalyardError, messageOf } from '@halyard/core';

/**
 * What went wrong with Redis, as a HalyardError: DEADLINE_EXCEEDED when it did not answer in time, else
 * REQUEST_FAILED. Only the message of the cause is taken over: errors of the client hold commands, and
 * with them passwords.
 */
export function redisError(what: string, thrown: unknown): HalyardError {
  if (isHalyardError(thrown)) return thrown;
  const code = isTimeout(thrown) ? 'DEADLINE_EXCEEDED' : 'REQUEST_FAILED';
  return new HalyardError('redis', code, `Redis ${what}: ${messageOf(thrown)}`);
}

/** Whether the client gave up waiting for an answer. */
export function isTimeout(thrown: unknown): boolean {
  return /timed out|ETIMEDOUT/.test(messageOf(thrown));
}

/** Where a cluster says that a key is, as `host:port`; undefined for any other error. */
export function movedTo(thrown: unknown): string | undefined {
  return /^MOVED \d+ (\S*:\d+)/.exec(messageOf(thrown))?.[1];
}

/** Whether the server may not be the right one any more, such as a primary that has become a replica. */
export function isMisplaced(thrown: unknown): boolean {
  return /^(READONLY|MASTERDOWN|CLUSTERDOWN|LOADING) /.test(messageOf(thrown));
}
