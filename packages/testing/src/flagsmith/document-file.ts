import { readFileSync } from 'node:fs';
import { HalyardError, isJsonObject, messageOf } from '@halyard/core';
import type { FlagsmithDocumentLike } from './wire.ts';

const PART = 'flagsmith emulator';

/** The text of a file. Throws a HalyardError if it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HalyardError(
      PART,
      'INVALID_DEFINITIONS',
      `${path} cannot be read: ${messageOf(cause)}. Give the path of an environment document.`,
      { cause },
    );
  }
}

/** The document in a file's text. Throws a HalyardError if there is none; `path` is for its message. */
export function parseDocument(text: string, path: string): FlagsmithDocumentLike {
  const parsed = parseJson(text, path);
  if (isDocument(parsed)) return parsed;
  throw new HalyardError(
    PART,
    'INVALID_DEFINITIONS',
    `${path} is no environment document. Give it an api_key and a list of feature_states, each with a feature and its name.`,
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser quotes the text, which may have several lines.
    const [problem] = messageOf(cause).split('\n', 1);
    throw new HalyardError(
      PART,
      'INVALID_DEFINITIONS',
      `${path} is no JSON: ${problem}. Correct it and save it again.`,
      { cause },
    );
  }
}

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
