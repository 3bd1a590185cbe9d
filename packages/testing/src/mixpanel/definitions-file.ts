import { isJsonObject } from '@halyard/core';
import type { FileContent } from '../emulator/file-content.ts';
import type { MixpanelDefinitionsLike } from './wire.ts';

/** A file with flag definitions. */
export const DEFINITIONS_FILE: FileContent<MixpanelDefinitionsLike> = {
  part: 'mixpanel emulator',
  name: 'flag definitions',
  complaint: 'holds no flag definitions. Give it a list of flags, each with a key.',
  isContent: isDefinitions,
};

function isDefinitions(value: unknown): value is MixpanelDefinitionsLike {
  return isJsonObject(value) && Array.isArray(value.flags) && value.flags.every(hasKey);
}

function hasKey(flag: unknown): boolean {
  return isJsonObject(flag) && typeof flag.key === 'string';
}
