import type { FlagsBootstrap } from '@halyard/core';
import { requestFlags } from '../flags-request.ts';

/**
 * What a page says of its visitor: attributes of the evaluation context. The server takes what its option
 * `client.context` allows, and refuses everything when there is something else among it.
 */
export interface PageContext {
  readonly [attribute: string]: string | number | boolean | undefined;
}

/**
 * Has the server decide the flags for these attributes, in place of those set before. Throws HalyardError
 * REQUEST_FAILED when it did not take them, and what `fetch` throws.
 */
export function postContext(
  endpoint: string,
  attributes: Readonly<Record<string, unknown>>,
): Promise<FlagsBootstrap | undefined> {
  return requestFlags(endpoint, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ context: attributes }),
  });
}
