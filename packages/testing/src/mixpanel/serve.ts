import { type ServedFileOptions, serveFile } from '../emulator/serve-file.ts';
import { DEFINITIONS_FILE } from './definitions-file.ts';
import { type MixpanelEmulator, startMixpanelEmulator } from './emulator.ts';
import type { MixpanelEmulatorOptions } from './options.ts';

/** Options of {@link serveMixpanelFile}: those of an emulator, whose definitions are in a JSON file. */
export interface MixpanelFileOptions
  extends ServedFileOptions,
    Omit<MixpanelEmulatorOptions, 'definitions'> {}

/**
 * Starts an emulator that serves a file and publishes each change of it. A content that is no
 * definitions is logged, and the last good one stays. Throws a HalyardError if the file holds no
 * definitions at the start.
 */
export function serveMixpanelFile({
  path,
  log,
  ...options
}: MixpanelFileOptions): Promise<MixpanelEmulator> {
  return serveFile({ path, log }, DEFINITIONS_FILE, (definitions) =>
    startMixpanelEmulator({ ...options, definitions }),
  );
}
