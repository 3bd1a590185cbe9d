import { resolve } from 'node:path';
import type { FileDefinitions, FlagSource, HttpDefinitions } from '@halyard/core';
import type { Settings } from '../settings.ts';
import type { Transport } from '../transport.ts';
import type { GuardedCache } from './cache/guarded-cache.ts';
import { SharedLoad } from './cache/shared-load.ts';
import { fetchDefinitions } from './fetch.ts';
import { readDefinitions } from './file.ts';
import { FileWatch } from './file-watch.ts';
import type { Definitions, Load, LoadResult, Watcher } from './held.ts';

/** A place outside the program that definitions are loaded from. */
export interface Origin {
  readonly load: Load;
  /** Milliseconds that no load takes, however slow the other side is. */
  readonly loadLimit: number;
  /** Loads what others share, where they do, without going to the place itself. */
  readonly glance?: (held: Definitions | undefined) => Promise<LoadResult>;
  /** Tells of changes, where the place can. Returns what ends it. */
  watch?(watcher: Watcher): () => void;
}

/** A load may take this long whatever the options say: several pages, or a slow disk. */
const SHORTEST_LIMIT = 120_000;

/** Where an origin's definitions come through. */
export interface OriginParts {
  readonly transport: Transport;
  /** Undefined where nothing is shared. */
  readonly cache: GuardedCache | undefined;
}

/** The origin of a source's definitions; undefined where nothing is loaded. */
export function openOrigin(settings: Settings, parts: OriginParts): Origin | undefined {
  const { source, transport } = settings;
  const { definitions } = source;
  switch (definitions.kind) {
    case 'inline':
    case 'remote':
      return undefined;
    case 'file':
      return fileOrigin(source, definitions, transport.maxResponseBytes);
    case 'http':
      return httpOrigin(settings, definitions, parts);
  }
}

function httpOrigin(
  { source, transport: { timeout, maxAttempts }, refresh, clock }: Settings,
  definitions: HttpDefinitions<unknown>,
  { transport, cache }: OriginParts,
): Origin {
  const fetch = fetchDefinitions(source, definitions, { transport, clock });
  const loadLimit = Math.max(SHORTEST_LIMIT, 2 * timeout * maxAttempts);
  if (cache === undefined) return { load: fetch, loadLimit };
  const prepare = () => transport.prepare();
  const shared = new SharedLoad({ source, definitions, cache, fetch, prepare, refresh, clock });
  return {
    load: (held, signal) => shared.load(held, signal),
    loadLimit,
    glance: (held) => shared.glance(held),
    watch: (watcher) => shared.watch(watcher),
  };
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
    watch(watcher) {
      const watch = new FileWatch(path, () => watcher.changed());
      return () => watch.stop();
    },
  };
}
