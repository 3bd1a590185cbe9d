import {
  type EvaluationDetails,
  encodeBootstrap,
  type FlagsBootstrap,
  type FlagValue,
  type Resolution,
} from '@halyard/core';
import type { ClientSnapshot, Logger } from '@halyard/server';
import { warnOnce } from '../process/warn-once.ts';

/**
 * The map of a visitor who is not known: no values, so every flag has its default. A browser that has
 * values already keeps them, since a map without a version is no answer to it.
 */
export const EMPTY_BOOTSTRAP: FlagsBootstrap = encodeBootstrap('', []);

/**
 * A visitor's values for the browser. With a list of allowed keys only those are evaluated; a key the
 * definitions do not have is left out, with one warning, since it is most likely a typing mistake. So
 * is asking for values of which none are allowed.
 */
export function bootstrapOf(
  snapshot: ClientSnapshot,
  allowed: ReadonlySet<string> | undefined,
  logger: Logger,
): FlagsBootstrap {
  if (allowed === undefined) return encodeBootstrap(snapshot.version, snapshot.all());
  if (allowed.size === 0) {
    warnOnce(
      logger,
      'no flag may reach the browser, where all have their defaults. Name those that may: createFlags({ client: { flags: […] } }).',
    );
  }
  const resolutions: [string, Resolution][] = [];
  for (const key of allowed) {
    const details = snapshot.details<FlagValue | undefined>(key, undefined, { expose: false });
    if (details.errorCode === 'FLAG_NOT_FOUND') {
      warnOnce(logger, `client.flags names "${key}", which the definitions do not have.`);
    }
    resolutions.push([key, toResolution(details)]);
  }
  return encodeBootstrap(snapshot.version, resolutions);
}

/** The parts of a read that travel to the browser. */
function toResolution(details: EvaluationDetails<FlagValue | undefined>): Resolution {
  const { value, variant, reason, errorCode } = details;
  return {
    reason,
    ...(value !== undefined && { value }),
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
  };
}
