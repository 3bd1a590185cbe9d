import { messageOf } from '@halyard/core';
import { parseDocument, readText } from './document-file.ts';
import { type FlagsmithEmulator, startFlagsmithEmulator } from './emulator.ts';
import { FileChanges } from './file-changes.ts';
import type { FlagsmithEmulatorOptions } from './options.ts';

/** Options of {@link serveFlagsmithFile}: those of an emulator, whose document is in a file. */
export interface FlagsmithFileOptions extends Omit<FlagsmithEmulatorOptions, 'document'> {
  /** A JSON file with an environment document. */
  readonly path: string;
  /** Gets one line for each content of the file that is no document. Default: standard error. */
  readonly log?: (line: string) => void;
}

/**
 * Starts an emulator that serves a file and publishes each change of it with a new `updated_at`. A
 * content that is no document is logged, and the last good one stays. Throws a HalyardError if the
 * file holds no document at the start.
 */
export async function serveFlagsmithFile({
  path,
  log = toStandardError,
  ...options
}: FlagsmithFileOptions): Promise<FlagsmithEmulator> {
  const text = readText(path);
  const emulator = await startFlagsmithEmulator({
    ...options,
    document: parseDocument(text, path),
  });
  const changes = new FileChanges(path, text, (changed) => {
    try {
      emulator.publish(parseDocument(changed, path));
    } catch (thrown) {
      log(messageOf(thrown));
    }
  });
  const { close } = emulator;
  emulator.close = () => {
    changes.stop();
    return close();
  };
  return emulator;
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
