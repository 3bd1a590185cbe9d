import { type ServedFileOptions, serveFile } from '../emulator/serve-file.ts';
import { DEFINITIONS_FILE } from './definitions-file.ts';
import { type PosthogEmulator, startPosthogEmulator } from './emulator.ts';
import type { PosthogEmulatorOptions } from './options.ts';

/** Options of {@link servePosthogFile}: those of an emulator, whose definitions are in a JSON file. */
export interface PosthogFileOptions
  extends ServedFileOptions,
    Omit<PosthogEmulatorOptions, 'definitions'> {}

/**
 * Starts an emulator that serves a file and publishes each change of it. A content that is no
 * definitions is logged, and the last good one stays. Throws a HalyardError if the file holds no
 * definitions at the start.
 */
export function servePosthogFile({
  path,
  log,
  ...options
}: PosthogFileOptions): Promise<PosthogEmulator> {
  return serveFile({ path, log }, DEFINITIONS_FILE, (definitions) =>
    startPosthogEmulator({ ...options, definitions }),
  );
}
