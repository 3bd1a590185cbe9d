import type { FlagsBootstrap } from '@halyard/core';
import { warnOnce } from '../process/warn-once.ts';
import { EMPTY_BOOTSTRAP } from '../request/bootstrap.ts';
import { notFoundSignal } from '../request/framework-signals.ts';
import type { ReadCode } from './code-reader.ts';
import type { PrecomputedPage } from './page.ts';
import type { PageParts } from './parts.ts';
import { makePageShortLived } from './short-lived.ts';
import { outcomesOf, precomputedBootstrap, valuesOf } from './values.ts';

/** The page's side, which reads nothing of the request: what a code says is all that it needs. */
export function pageInAdvance(
  parts: PageParts,
): Pick<PrecomputedPage<Record<string, unknown>>, 'read' | 'hydrate'> {
  const { precompute, select, unlisted } = parts;
  const isUnlisted = ({ schema }: ReadCode) => schema.fingerprint.equals(unlisted.fingerprint);

  /** What the code says; nothing where it says nothing, if such pages exist. */
  async function understood(code: string): Promise<ReadCode | undefined> {
    const found = await parts.readCode(code);
    if (found !== undefined) return found;
    // The code may be newer than the definitions here: what is cached for it now is wrong soon.
    await makePageShortLived();
    if (precompute.onMismatch === 'not-found') throw notFoundSignal();
    return undefined;
  }

  return {
    async read(code) {
      const found = await understood(code);
      const outcomes = found && outcomesOf(found.schema, found.numbers);
      return {
        values: valuesOf(outcomes, precompute.defaults, select),
        isStale: found === undefined,
      };
    },
    hydrate(code) {
      const bootstrap = understood(code).then((found) =>
        found === undefined || isUnlisted(found) ? EMPTY_BOOTSTRAP : bootstrapFor(found, parts),
      );
      // Handed on without being awaited, see `flags.hydrate()`.
      bootstrap.catch(() => {});
      return bootstrap;
    },
  };
}

/** The flags that may reach the browser; with a warning of any others, which nobody counts. */
function bootstrapFor({ schema, numbers, version }: ReadCode, parts: PageParts): FlagsBootstrap {
  const { settings, select } = parts;
  const { allowed, logger } = settings;
  const outcomes = new Map(outcomesOf(schema, numbers));
  for (const key of allowed === undefined ? [] : outcomes.keys()) {
    if (allowed?.has(key)) continue;
    outcomes.delete(key);
    warnOnce(
      logger,
      `precompute: "${key}" may not reach the browser, where exposures of pages made in advance are counted: it has none. Name it: createFlags({ client: { flags: […] } }).`,
    );
  }
  return precomputedBootstrap(version, outcomes, select);
}
