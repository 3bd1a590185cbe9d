import { type ServedFileOptions, serveFile } from '../emulator/serve-file.ts';
import { DOCUMENT_FILE } from './document-file.ts';
import { type FlagsmithEmulator, startFlagsmithEmulator } from './emulator.ts';
import type { FlagsmithEmulatorOptions } from './options.ts';

/** Options of {@link serveFlagsmithFile}: those of an emulator, whose document is in a JSON file. */
export interface FlagsmithFileOptions
  extends ServedFileOptions,
    Omit<FlagsmithEmulatorOptions, 'document'> {}

/**
 * Starts an emulator that serves a file and publishes each change of it with a new `updated_at`. A
 * content that is no document is logged, and the last good one stays. Throws a HalyardError if the
 * file holds no document at the start.
 */
export function serveFlagsmithFile({
  path,
  log,
  ...options
}: FlagsmithFileOptions): Promise<FlagsmithEmulator> {
  return serveFile({ path, log }, DOCUMENT_FILE, (document) =>
    startFlagsmithEmulator({ ...options, document }),
  );
}
