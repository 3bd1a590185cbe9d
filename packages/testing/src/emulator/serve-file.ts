import { messageOf } from '@halyard/core';
import { FileChanges } from './file-changes.ts';
import { type FileContent, parseContent, readText } from './file-content.ts';

/** Options of an emulator that serves a file. */
export interface ServedFileOptions {
  readonly path: string;
  /** Gets one line for each content of the file that cannot be served. Default: standard error. */
  readonly log?: (line: string) => void;
}

/** An emulator that can serve something else from now on. */
export interface Publisher<Content> {
  publish(content: Content): void;
  close(): Promise<void>;
}

/**
 * Starts an emulator with what a file holds, and publishes each change of the file until the emulator
 * is closed. Throws a HalyardError if the file cannot be served at the start.
 */
export async function serveFile<Content, Emulator extends Publisher<Content>>(
  { path, log = toStandardError }: ServedFileOptions,
  kind: FileContent<Content>,
  start: (content: Content) => Promise<Emulator>,
): Promise<Emulator> {
  const text = readText(path, kind);
  const emulator = await start(parseContent(text, path, kind));
  const changes = new FileChanges(path, text, (changed) => {
    try {
      emulator.publish(parseContent(changed, path, kind));
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
