import { resolve } from 'node:path';
import type { FileDefinitions, FlagSource } from '@halyard/core';
import type { Settings } from '../settings.ts';
import type { Transport } from '../transport.ts';
import { fetchDefinitions } from './fetch.ts';
import { readDefinitions } from './file.ts';
import { FileWatch } from './file-watch.ts';
import type { Load } from './held.ts';

/** A place outside the program that definitions are loaded from. */
export interface Origin {
  readonly load: Load;
  /** Milliseconds that no load takes, however slow the other side is. */
  readonly loadLimit: number;
  /** Tells of changes, where the place can. Returns what ends it. */
  watch?(onChange: () => void): () => void;
}

/** A load may take this long whatever the options say: several pages, or a slow disk. */
const SHORTEST_LIMIT = 120_000;

/** The origin of a source's definitions; undefined where nothing is loaded. */
export function openOrigin(
  { source, transport: { timeout, maxAttempts, maxResponseBytes } }: Settings,
  transport: Transport,
): Origin | undefined {
  const { definitions } = source;
  switch (definitions.kind) {
    case 'inline':
    case 'remote':
      return undefined;
    case 'file':
      return fileOrigin(source, definitions, maxResponseBytes);
    case 'http':
      return {
        load: fetchDefinitions(source, definitions, transport),
        loadLimit: Math.max(SHORTEST_LIMIT, 2 * timeout * maxAttempts),
      };
  }
}

function fileOrigin(
  source: FlagSource,
  definitions: FileDefinitions<unknown>,
  maxBytes: number,
): Origin {
  const path = resolve(definitions.path);
  return {
    load: readDefinitions(source, definitions, { path, maxBytes }),
    loadLimit: SHORTEST_LIMIT,
    watch(onChange) {
      const watch = new FileWatch(path, onChange);
      return () => watch.stop();
    },
  };
}
