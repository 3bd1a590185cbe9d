import type { ClientSnapshot } from '@halyard/server';
import { type CodeKey, openCode, type SignedCode, unpack } from './code.ts';
import type { PageDefinitions } from './definitions.ts';
import { knownSchema } from './known-schemas.ts';
import type { Schema } from './schema.ts';

/** Most unknown schemas of which is remembered that looking for them was no use. */
const MAX_MISSES = 100;

/** What a code stands for. */
export interface ReadCode {
  readonly schema: Schema;
  readonly numbers: readonly number[];
  /** The version of the definitions in use; empty while there are none. */
  readonly version: string;
}

/** Reads a page's codes; undefined for every other code. */
export type CodeReader = (code: string) => Promise<ReadCode | undefined>;

/**
 * Reads codes signed with this key. One of a schema that is not known comes from a process that has other
 * definitions, perhaps newer ones: it is worth one look for these. `unlisted` is the schema of a page
 * whose flags are not known, which is known always.
 */
export function codeReader(
  key: CodeKey,
  definitions: PageDefinitions,
  unlisted: Schema,
): CodeReader {
  const missed = new Set<string>();

  const readWith = (signed: SignedCode, snapshot: ClientSnapshot): ReadCode | undefined => {
    const { version } = snapshot;
    const { fingerprint, packed } = signed;
    const schema =
      [definitions.schemaIn(snapshot), unlisted].find((candidate) =>
        candidate.fingerprint.equals(fingerprint),
      ) ?? knownSchema(fingerprint);
    const numbers = schema && unpack(schema, packed);
    return schema && numbers && { schema, numbers, version };
  };

  return async (code) => {
    const signed = openCode(key, code);
    if (signed === undefined) return undefined;
    const found = readWith(signed, await definitions.inUse());
    const name = signed.fingerprint.toString('hex');
    if (found !== undefined || missed.has(name)) return found;
    const later = readWith(signed, await definitions.refreshed());
    if (later === undefined) {
      if (missed.size >= MAX_MISSES) missed.clear();
      missed.add(name);
    }
    return later;
  };
}
