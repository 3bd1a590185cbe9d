import { constants, type FileHandle, open } from 'node:fs/promises';
import { type FileDefinitions, type FlagSource, isHalyardError, messageOf } from '@halyard/core';
import { digestOf } from '../digest.ts';
import { compileDefinitions, invalidDefinitions } from './compile.ts';
import type { Load } from './held.ts';
import { versionOf } from './version.ts';

/** A file to load definitions from. */
export interface DefinitionsFile {
  /** Absolute. */
  readonly path: string;
  readonly maxBytes: number;
}

/** Loads definitions from a file. The same content as held costs neither a parse nor a compile. */
export function readDefinitions(
  source: FlagSource,
  origin: FileDefinitions<unknown>,
  file: DefinitionsFile,
): Load {
  return async (held) => {
    const bytes = await readBytes(source, file);
    const digest = versionOf([digestOf(bytes)]);
    if (digest === held?.digest) return { kind: 'unchanged', validator: undefined };
    const options = { version: digest, previous: held?.ruleset };
    const ruleset = compileDefinitions(source, () => origin.parse(bytes.toString()), options);
    return { kind: 'changed', definitions: { ruleset, digest, validator: undefined } };
  };
}

/** Opening a pipe would otherwise wait for its writer. Not there on Windows, where it has no use. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function readBytes(source: FlagSource, { path, maxBytes }: DefinitionsFile): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, WITHOUT_WAITING);
    const stats = await handle.stat();
    if (!stats.isFile()) {
      throw invalidDefinitions(source, `"${path}" is not a file. Give the path of a file.`);
    }
    if (stats.size > maxBytes) {
      throw invalidDefinitions(
        source,
        `the file "${path}" has ${stats.size} bytes, more than \`transport.maxResponseBytes\` allows (${maxBytes}).`,
      );
    }
    return await handle.readFile();
  } catch (thrown) {
    if (isHalyardError(thrown)) throw thrown;
    throw invalidDefinitions(source, problemOf(path, thrown));
  } finally {
    await handle?.close();
  }
}

function problemOf(path: string, thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `the file "${path}" does not exist. Create it, or correct the path; it is read as soon as it appears.`;
  }
  return `the file "${path}" could not be read: ${messageOf(thrown)}. Check that this process may read it.`;
}
