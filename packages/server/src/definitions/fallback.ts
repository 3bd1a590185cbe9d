import { resolve } from 'node:path';
import type { FlagSource } from '@halyard/core';
import { readDefinitions } from './file.ts';
import type { Definitions } from './held.ts';
import { inlineDefinitions } from './inline.ts';

/** Who gets the fallback definitions, or learns why there are none. */
export interface FallbackTaker {
  onLoaded(definitions: Definitions): void;
  onFailed(thrown: unknown): void;
}

/**
 * Loads the definitions that serve until the source's own have come: those given in code before it
 * returns, a file a little later. Resolves when that is done; never rejects.
 */
export async function loadFallback(
  source: FlagSource,
  maxBytes: number,
  { onLoaded, onFailed }: FallbackTaker,
): Promise<void> {
  const { fallback } = source;
  if (fallback === undefined) return;
  try {
    if (fallback.kind === 'inline') {
      onLoaded(replaceable(inlineDefinitions(source, fallback)));
      return;
    }
    const load = readDefinitions(source, fallback, { path: resolve(fallback.path), maxBytes });
    const result = await load(undefined, new AbortController().signal);
    if (result.kind === 'changed') onLoaded(replaceable(result.definitions));
  } catch (thrown) {
    onFailed(thrown);
  }
}

/** Whatever the source sends counts as new, even the very same text. */
function replaceable({ ruleset }: Definitions): Definitions {
  return { ruleset, digest: undefined, validator: undefined };
}
