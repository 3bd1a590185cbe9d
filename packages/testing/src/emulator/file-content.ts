import { readFileSync } from 'node:fs';
import { HalyardError, messageOf } from '@halyard/core';

/** What a file is to hold. */
export interface FileContent<Content> {
  /** Who complains about it: the part of its error messages. */
  readonly part: string;
  /** What it is called, with its article: `an environment document`. */
  readonly name: string;
  /** The end of a sentence about a file that holds something else, and what to do about it. */
  readonly complaint: string;
  readonly isContent: (value: unknown) => value is Content;
}

/** The text of a file. Throws a HalyardError if it cannot be read. */
export function readText<Content>(path: string, { part, name }: FileContent<Content>): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HalyardError(
      part,
      'INVALID_DEFINITIONS',
      `${path} cannot be read: ${messageOf(cause)}. Give the path of ${name}.`,
      { cause },
    );
  }
}

/** What a file's text holds. Throws a HalyardError if that is something else; `path` is for its message. */
export function parseContent<Content>(
  text: string,
  path: string,
  { part, complaint, isContent }: FileContent<Content>,
): Content {
  const parsed = parseJson(text, path, part);
  if (isContent(parsed)) return parsed;
  throw new HalyardError(part, 'INVALID_DEFINITIONS', `${path} ${complaint}`);
}

function parseJson(text: string, path: string, part: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser quotes the text, which may have several lines.
    const [problem] = messageOf(cause).split('\n', 1);
    throw new HalyardError(
      part,
      'INVALID_DEFINITIONS',
      `${path} is no JSON: ${problem}. Correct it and save it again.`,
      { cause },
    );
  }
}
