import {
  type EvaluationDetails,
  encodeBootstrap,
  type FlagsBootstrap,
  type FlagValue,
  murmur3x86_32,
  type Resolution,
  toDetails,
} from '@halyard/core';
import type { ClientSnapshot } from '@halyard/server';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';

/**
 * The map of a visitor who is not known: no values, so every flag has its default. A browser that has
 * values already keeps them, since a map without a version is no answer to it.
 */
export const EMPTY_BOOTSTRAP: FlagsBootstrap = encodeBootstrap('', []);

/** A read of a flag whatever its type. */
type AnyDetails = EvaluationDetails<FlagValue | undefined>;

/**
 * A visitor's values for the browser, the same that a read without a type gives. With a list of allowed
 * keys only those are evaluated; a key the definitions do not have is left out, with one warning, since
 * it is most likely a typing mistake. So is asking for values of which none are allowed.
 */
export function bootstrapOf(snapshot: ClientSnapshot, settings: Settings): FlagsBootstrap {
  const { allowed } = settings;
  const reads =
    allowed === undefined ? readAll(snapshot, settings) : read(snapshot, allowed, settings);
  return encodeBootstrap(
    snapshot.version,
    reads.map((details) => [details.flagKey, toResolution(details)]),
    markOf(snapshot),
  );
}

/** Nothing but a few bits of a hash leaves the server; a visitor without a targeting key has no mark. */
function markOf({ context }: ClientSnapshot): string | undefined {
  const { targetingKey } = context;
  return typeof targetingKey === 'string' ? murmur3x86_32(targetingKey).toString(36) : undefined;
}

function readAll(snapshot: ClientSnapshot, { clientOptions }: Settings): AnyDetails[] {
  const { source } = clientOptions;
  return Array.from(snapshot.all(), ([key, resolution]) =>
    toDetails<FlagValue | undefined>(key, undefined, resolution, (...asked) =>
      source.select(...asked),
    ),
  );
}

function read(
  snapshot: ClientSnapshot,
  keys: ReadonlySet<string>,
  { logger }: Settings,
): AnyDetails[] {
  if (keys.size === 0) {
    warnOnce(
      logger,
      'no flag may reach the browser, where all have their defaults. Name those that may: createFlags({ client: { flags: […] } }).',
    );
  }
  return Array.from(keys, (key) => {
    const details: AnyDetails = snapshot.details(key, undefined, { expose: false });
    if (details.errorCode === 'FLAG_NOT_FOUND') {
      warnOnce(logger, `client.flags names "${key}", which the definitions do not have.`);
    }
    return details;
  });
}

/** The parts of a read that travel to the browser. */
function toResolution({ value, variant, reason, errorCode }: AnyDetails): Resolution {
  return {
    reason,
    ...(value !== undefined && { value }),
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
  };
}
