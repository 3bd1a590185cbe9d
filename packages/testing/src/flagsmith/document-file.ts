import { isJsonObject } from '@halyard/core';
import type { FileContent } from '../emulator/file-content.ts';
import type { FlagsmithDocumentLike } from './wire.ts';

/** A file with an environment document. */
export const DOCUMENT_FILE: FileContent<FlagsmithDocumentLike> = {
  part: 'flagsmith emulator',
  name: 'an environment document',
  complaint:
    'is no environment document. Give it an api_key and a list of feature_states, each with a feature and its name.',
  isContent: isDocument,
};

function isDocument(value: unknown): value is FlagsmithDocumentLike {
  if (!isJsonObject(value)) return false;
  const { api_key, feature_states } = value;
  return (
    typeof api_key === 'string' && Array.isArray(feature_states) && feature_states.every(hasFeature)
  );
}

function hasFeature(state: unknown): boolean {
  return (
    isJsonObject(state) && isJsonObject(state.feature) && typeof state.feature.name === 'string'
  );
}
