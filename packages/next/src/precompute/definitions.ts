import { EMPTY_CONTEXT, HalyardError } from '@halyard/core';
import type { ClientSnapshot, FlagClient } from '@halyard/server';
import { processSlot } from '../process/process-slot.ts';
import { warnOnce } from '../process/warn-once.ts';
import { withinTimeout } from '../request/within-timeout.ts';
import type { Settings } from '../settings.ts';
import { rememberSchema } from './known-schemas.ts';
import { type Schema, schemaOf } from './schema.ts';

/** Milliseconds that a build waits for definitions: nobody is waiting for it. */
const BUILD_PATIENCE = 10_000;

/** The definitions behind a page's codes. */
export interface PageDefinitions {
  /** What the page's flags can come out as in this snapshot's definitions. */
  schemaIn(snapshot: ClientSnapshot): Schema;
  /** A snapshot of the definitions in use. Waits for the first ones as long as reads do, at build longer. */
  inUse(): Promise<ClientSnapshot>;
  /** A snapshot of the definitions in use after a look for newer ones, which waits as long. */
  refreshed(): Promise<ClientSnapshot>;
}

/** A schema, and when it holds. */
interface Latest {
  readonly from: FlagClient;
  readonly version: string;
  readonly schema: Schema;
}

/** The definitions of these keys. Warns of flags for which no page can show anything but the default. */
export function pageDefinitions(
  keys: readonly string[],
  settings: Settings,
  client: () => FlagClient,
): PageDefinitions {
  const { clientOptions, logger, readyTimeout } = settings;
  const { detached } = processSlot();
  const patience = isBuild() ? Math.max(readyTimeout, BUILD_PATIENCE) : readyTimeout;
  let latest: Latest | undefined;

  const inUse = () => detached(() => client().load(EMPTY_CONTEXT, { deadline: patience }));

  return {
    schemaIn(snapshot) {
      const { version } = snapshot;
      const from = client();
      if (latest?.from === from && latest.version === version) return latest.schema;
      const schema = schemaOf(clientOptions.source.name, keys, (key) => snapshot.outcomesOf(key));
      rememberSchema(schema);
      for (const key of version === '' ? [] : keys) {
        const problem = listingProblem(key, snapshot);
        if (problem !== undefined) warnOnce(logger, `precompute: ${problem}`);
      }
      latest = { from, version, schema };
      return schema;
    },
    inUse,
    async refreshed() {
      const refresh = detached(() => client().refresh());
      // Too late is as good as none: the page is made with what there is.
      await withinTimeout(refresh, { timeout: patience, option: 'readyTimeout' }).catch(() => {});
      return inUse();
    },
  };
}

function isBuild(): boolean {
  return process.env.NEXT_PHASE === 'phase-production-build';
}

/** Why pages leave a flag to its default; undefined when they do not. */
function listingProblem(key: string, snapshot: ClientSnapshot): string | undefined {
  if (snapshot.outcomesOf(key) !== undefined) return undefined;
  switch (snapshot.resolve(key).errorCode) {
    case 'FLAG_NOT_FOUND':
      return `the definitions have no flag "${key}". Every page has its default.`;
    case 'PARSE_ERROR':
      return `the definition of "${key}" is broken. Every page has its default.`;
    default:
      return unlistable(key);
  }
}

function unlistable(key: string): string {
  return `what "${key}" can come out as cannot be listed, so no page can be made for it in advance. Take it out of flags.precompute(), and read it with useFlag() instead.`;
}

/**
 * Throws a HalyardError INVALID_OPTION for a flag that works, but is none to make pages for. One that is
 * missing or broken has its default everywhere, here as well: that is no reason for a build to fail.
 */
export function checkListable(keys: readonly string[], snapshot: ClientSnapshot): void {
  for (const key of keys) {
    const problem = listingProblem(key, snapshot);
    if (problem === unlistable(key)) {
      throw new HalyardError('precompute', 'INVALID_OPTION', problem);
    }
  }
}
