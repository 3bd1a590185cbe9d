import { EMPTY_CONTEXT, HalyardError } from '@halyard/core';
import type { ClientSnapshot, FlagClient } from '@halyard/server';
import { processSlot } from '../process/process-slot.ts';
import { warnOnce } from '../process/warn-once.ts';
import { withinTimeout } from '../request/within-timeout.ts';
import type { Settings } from '../settings.ts';
import { countCombinations, tooManyCombinations } from './combinations.ts';
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

/** What {@link pageDefinitions} needs of its page. */
interface PageDefinitionsOptions {
  readonly settings: Settings;
  readonly client: () => FlagClient;
  readonly maxCombinations: number;
}

/** The definitions of these keys. Warns of what is wrong with them for a page made in advance. */
export function pageDefinitions(
  keys: readonly string[],
  { settings, client, maxCombinations }: PageDefinitionsOptions,
): PageDefinitions {
  const { clientOptions, logger, readyTimeout } = settings;
  const { detached } = processSlot();
  const patience = isBuild() ? Math.max(readyTimeout, BUILD_PATIENCE) : readyTimeout;
  let latest: Latest | undefined;

  const warn = (message: string) => warnOnce(logger, `precompute: ${message}`);

  const inUse = () => {
    const from = client();
    return detached(() => from.load(EMPTY_CONTEXT, { deadline: patience }));
  };

  return {
    schemaIn(snapshot) {
      const { version } = snapshot;
      const from = client();
      if (latest?.from === from && latest.version === version) return latest.schema;
      const schema = schemaOf(clientOptions.source.name, keys, (key) => snapshot.outcomesOf(key));
      rememberSchema(schema);
      if (countCombinations(schema) > maxCombinations)
        warn(tooManyCombinations(schema, maxCombinations));
      for (const key of version === '' ? [] : keys) {
        const problem = detached(() => listingProblem(key, snapshot));
        if (problem !== undefined) warn(problem.message);
      }
      latest = { from, version, schema };
      return schema;
    },
    inUse,
    async refreshed() {
      const from = client();
      const refresh = detached(() => from.refresh());
      // Too late is as good as none: the page is made with what there is.
      await withinTimeout(refresh, { timeout: patience, option: 'readyTimeout' }).catch(() => {});
      return inUse();
    },
  };
}

function isBuild(): boolean {
  return process.env.NEXT_PHASE === 'phase-production-build';
}

/** Why pages leave a flag to its default, and whether that is the application's own mistake. */
interface ListingProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Undefined for a flag that pages can be made for. */
function listingProblem(key: string, snapshot: ClientSnapshot): ListingProblem | undefined {
  if (snapshot.outcomesOf(key) !== undefined) return undefined;
  const { errorCode } = snapshot.resolve(key);
  if (errorCode === 'FLAG_NOT_FOUND' || errorCode === 'PARSE_ERROR') {
    const what = errorCode === 'PARSE_ERROR' ? 'a broken definition of' : 'no flag';
    return {
      severity: 'warning',
      message: `the definitions have ${what} "${key}". Every page has its default.`,
    };
  }
  return {
    severity: 'error',
    message: `what "${key}" can come out as cannot be listed, so no page can be made for it in advance. Take it out of flags.precompute(), and read it with useFlag() instead.`,
  };
}

/**
 * Throws a HalyardError INVALID_OPTION for a flag that works, but is none to make pages for. One that is
 * missing or broken has its default everywhere, here as well: that is no reason for a build to fail.
 */
export function checkListable(keys: readonly string[], snapshot: ClientSnapshot): void {
  const { detached } = processSlot();
  for (const key of keys) {
    const problem = detached(() => listingProblem(key, snapshot));
    if (problem?.severity !== 'error') continue;
    throw new HalyardError('precompute', 'INVALID_OPTION', problem.message);
  }
}
