import type { SelectValue } from '@halyard/core';
import type { FlagClient } from '@halyard/server';
import type { Visit } from '../request/visits.ts';
import type { Settings } from '../settings.ts';
import { type CodeKey, codeKey } from './code.ts';
import { type CodeReader, codeReader } from './code-reader.ts';
import { type PageDefinitions, pageDefinitions } from './definitions.ts';
import { type Schema, schemaOf } from './schema.ts';
import type { PrecomputeSettings } from './settings.ts';

/** Where a page's flags come from. */
export interface PageOrigin {
  readonly settings: Settings;
  /** The visitor of whoever asks now. */
  readonly currentVisit: () => Promise<Visit>;
  readonly client: () => FlagClient;
}

/** What the proxy's, the page's and the build's side of a page made in advance have in common. */
export interface PageParts extends PageOrigin {
  readonly precompute: PrecomputeSettings;
  readonly keys: readonly string[];
  readonly codeKey: CodeKey;
  readonly definitions: PageDefinitions;
  readonly readCode: CodeReader;
  /** What the flags can come out as where nothing is known of them: their defaults. */
  readonly unlisted: Schema;
  readonly select: SelectValue;
}

/** Puts the parts of one page together. */
export function pageParts(origin: PageOrigin, precompute: PrecomputeSettings): PageParts {
  const { settings, client } = origin;
  const keys = [...precompute.defaults.keys()];
  const key = codeKey(precompute.secret, keys);
  const definitions = pageDefinitions(keys, {
    settings,
    client,
    maxCombinations: precompute.maxCombinations,
  });
  const unlisted = schemaOf(settings.clientOptions.source.name, keys, () => undefined);
  return {
    ...origin,
    precompute,
    keys,
    codeKey: key,
    definitions,
    readCode: codeReader(key, definitions, unlisted),
    unlisted,
    select: (...asked) => client().source.select(...asked),
  };
}
