'use client';

import { HalyardError } from '@halyard/core';
import { use, useCallback } from 'react';
import { useSWRConfig } from 'swr';
import { type PageContext, postContext } from '../context/post-context.ts';
import { createTurns, type InTurn } from '../context/turns.ts';
import { FlagsContext } from '../flags-context.ts';
import type { FlagStore } from '../store.ts';
import { answersOf, type FetchedFlags } from './fetch-flags.ts';

/** Wherever they are set, the contexts of one store are sent one after the other. */
const turns = new WeakMap<FlagStore, InTurn<void>>();

/**
 * What sets attributes of the evaluation context, in place of those set before, and has the server decide
 * the flags anew: it takes what its option `client.context` allows. The readers keep their values until the
 * answer is there, and those whose flag changed get the new ones. The server's next pages agree, since the
 * attributes come with every request until they expire; what it has rendered here is refreshed as after any
 * change, see `onChange` of `useFlagsRefresh`. `{}` ends them.
 *
 * Of several calls at once the last one counts. The promise resolves when the page has its values, and
 * rejects with a HalyardError REQUEST_FAILED when the server did not take the attributes, or with what
 * `fetch` throws; all values stay then.
 */
export function useSetContext(): (attributes: PageContext) => Promise<void> {
  const scope = use(FlagsContext);
  const { mutate } = useSWRConfig();
  return useCallback(
    async (attributes) => {
      if (scope === undefined) {
        throw new HalyardError(
          'react',
          'INVALID_CONTEXT',
          'a context was set outside of a FlagsProvider. Call useSetContext() in a component within it.',
        );
      }
      const { store, endpoint } = scope;
      const inTurn = turns.get(store) ?? createTurns<void>();
      turns.set(store, inTurn);
      await inTurn(async () => {
        const requestedAt = performance.now();
        const flags = await postContext(endpoint, attributes);
        const outcomes: FetchedFlags['outcomes'] = new WeakMap();
        if (flags !== undefined) outcomes.set(store, store.update(flags));
        // As an answer to all that refresh here: it ends requests that began before it, which may not
        // know of the attributes, and tells those who listen for changes.
        const answer: FetchedFlags = { requestedAt, flags, outcomes };
        await mutate(answersOf(endpoint), answer, { revalidate: false });
      });
    },
    [scope, mutate],
  );
}
