/**
 * The flagd backend: flag definitions in flagd's open JSON format, from a file, an address or code.
 *
 * @see https://flagd.dev/reference/flag-definitions/
 * @module
 */
import type { DefinitionsOrigin, FlagSource } from '@halyard/core';
import { HalyardError, messageOf, murmur3x86_32 } from '@halyard/core';
import { compile, select } from './compile.ts';
import type { FlagdUrlOptions } from './requests.ts';
import { httpDefinitions } from './requests.ts';
import type { FlagdDocument } from './wire.ts';
import { parse, requireDocument } from './wire.ts';

export { compile, select } from './compile.ts';
export type { FlagdUrlOptions } from './requests.ts';
export type { FlagdArrayFlag, FlagdDocument, FlagdFlag } from './wire.ts';
export { parse } from './wire.ts';

/**
 * Definitions in a JSON file, which the runtime reads and watches.
 *
 * @param path Relative paths are relative to the process's working directory.
 * @throws HalyardError INVALID_OPTION when the path is empty or not a string.
 *
 * @example
 * ```ts
 * const flags = createFlags({ source: flagdFile('./flags.json') });
 * ```
 */
export function flagdFile(path: string): FlagSource<FlagdDocument> {
  if (typeof path !== 'string' || path.trim() === '') {
    throw new HalyardError(
      'flagd',
      'INVALID_OPTION',
      "flagdFile needs the path of a JSON file, such as './flags.json'.",
    );
  }
  return source(path, { kind: 'file', path, parse });
}

/**
 * Definitions at an address that answers GET with the JSON document.
 *
 * @param url Absolute, `http:` or `https:`, without user name and password.
 * @throws HalyardError INVALID_OPTION when the address or a header is malformed.
 */
export function flagdUrl(url: string, options: FlagdUrlOptions = {}): FlagSource<FlagdDocument> {
  const definitions = httpDefinitions(url, options);
  // A query may hold a credential: its digest tells sources apart without showing it.
  const [address = '', query] = url.split(/[?#]/, 2);
  return source(query ? `${address}?${digest(query)}` : address, definitions);
}

/**
 * Definitions given in code. They never change.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the document has no flags or is not plain JSON.
 */
export function flagdDefinitions(document: FlagdDocument): FlagSource<FlagdDocument> {
  const value = requireDocument(document);
  return source(`inline:${digest(textOf(value))}`, { kind: 'inline', value });
}

function textOf(document: FlagdDocument): string {
  try {
    return JSON.stringify(document);
  } catch (cause) {
    throw new HalyardError(
      'flagd',
      'INVALID_DEFINITIONS',
      `the document given to flagdDefinitions holds what JSON cannot carry: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function source(
  place: string,
  definitions: DefinitionsOrigin<FlagdDocument>,
): FlagSource<FlagdDocument> {
  return { name: 'flagd', id: `flagd:${place}`, definitions, compile, select };
}

function digest(text: string): string {
  return murmur3x86_32(text).toString(16);
}
