import {
  type BootstrapEntry,
  encodeBootstrap,
  type FlagsBootstrap,
  type FlagValue,
  type FlagValueType,
  flagValueType,
  murmur3x86_32,
  type Resolution,
  type SelectValue,
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

/**
 * A visitor's values for the browser, the same that a read on the server gives, of whatever type. With a
 * list of allowed keys only those are evaluated; a key the definitions do not have is left out, with one
 * warning, since it is most likely a typing mistake. So is asking for values of which none are allowed.
 */
export function bootstrapOf(snapshot: ClientSnapshot, settings: Settings): FlagsBootstrap {
  const { source } = settings.clientOptions;
  const select: SelectValue = (...asked) => source.select(...asked);
  const entries = resolutionsOf(snapshot, settings).map(([key, resolution]) =>
    entryOf(key, resolution, select),
  );
  return encodeBootstrap(snapshot.version, entries, markOf(snapshot));
}

/** Nothing but a few bits of a hash leaves the server; a visitor without a targeting key has no mark. */
function markOf({ context }: ClientSnapshot): string | undefined {
  const { targetingKey } = context;
  return typeof targetingKey === 'string' ? murmur3x86_32(targetingKey).toString(36) : undefined;
}

type Resolved = readonly [key: string, resolution: Resolution];

function resolutionsOf(
  snapshot: ClientSnapshot,
  { allowed, logger }: Settings,
): readonly Resolved[] {
  if (allowed === undefined) return [...snapshot.all()];
  if (allowed.size === 0) {
    warnOnce(
      logger,
      'no flag may reach the browser, where all have their defaults. Name those that may: createFlags({ client: { flags: […] } }).',
    );
  }
  return Array.from(allowed, (key) => {
    const resolution = snapshot.resolve(key);
    if (resolution.errorCode === 'FLAG_NOT_FOUND') {
      warnOnce(logger, `client.flags names "${key}", which the definitions do not have.`);
    }
    return [key, resolution] as const;
  });
}

const TYPES: readonly FlagValueType[] = ['boolean', 'string', 'number', 'object'];

/** The parts of a flag that travel to the browser, and what else it is when it is read as other types. */
function entryOf(key: string, resolution: Resolution, select: SelectValue): BootstrapEntry {
  const details = toDetails<FlagValue | undefined>(key, undefined, resolution, select);
  const { value, variant, reason, errorCode } = details;
  const own = flagValueType(value);
  const others = TYPES.flatMap((type) => {
    const other = errorCode === undefined ? select(resolution, type) : undefined;
    // That a flag is off is said even where its value says so: it leaves other types to the reader.
    const isTold = type === own && resolution.enabled !== false;
    return other === undefined || isTold ? [] : [[type, other] as const];
  });
  const sent: Resolution = {
    reason,
    ...(value !== undefined && { value }),
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
  };
  return others.length === 0 ? [key, sent] : [key, sent, Object.fromEntries(others)];
}
