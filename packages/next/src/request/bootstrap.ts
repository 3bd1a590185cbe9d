import {
  bootstrapEntry,
  type EvaluationContext,
  encodeBootstrap,
  type FlagSource,
  type FlagsBootstrap,
  murmur3x86_32,
  type Resolution,
  type SelectValue,
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
    bootstrapEntry(key, resolution, select),
  );
  return encodeBootstrap(snapshot.version, entries, markOf(snapshot, source));
}

/**
 * Of whom exposures are counted for: who is another to the backend has been shown nothing yet. Nothing but
 * a few bits of a hash leaves the server; nobody in particular has no mark.
 */
function markOf({ context }: ClientSnapshot, source: FlagSource): string | undefined {
  const subject = subjectOf(context, source);
  return typeof subject === 'string' ? murmur3x86_32(subject).toString(36) : undefined;
}

function subjectOf(context: EvaluationContext, source: FlagSource): unknown {
  if (source.subject === undefined) return context.targetingKey;
  try {
    return source.subject(context);
  } catch {
    // By the contract of `subject` this means nobody in particular.
    return undefined;
  }
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
