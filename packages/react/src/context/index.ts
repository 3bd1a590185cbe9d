import type { FlagsBootstrap } from '@halyard/core';
import { postContext } from './post-context.ts';
import { createTurns } from './turns.ts';

export type { PageContext } from './post-context.ts';

/**
 * Makes what has the server decide the flags for a context, for bridges to other libraries: it needs neither
 * React nor swr. In components use `useSetContext` of `@halyard/react/refresh`.
 *
 * The function takes attributes in place of those set before, and gives the values for them; undefined when
 * nothing has changed. `targetingKey` is left out: the server says who the visitor is. Of several calls at
 * once the last one counts, for all of them. Rejects with a HalyardError REQUEST_FAILED when the server did
 * not take the attributes, and with what `fetch` throws.
 *
 * ```ts
 * new HalyardWebProvider(values, { refresh: contextSender('/api/flags') });
 * ```
 */
export function contextSender(
  endpoint: string,
): (context: Readonly<Record<string, unknown>>) => Promise<FlagsBootstrap | undefined> {
  const inTurn = createTurns<FlagsBootstrap | undefined>();
  return ({ targetingKey: _, ...attributes }) => inTurn(() => postContext(endpoint, attributes));
}
