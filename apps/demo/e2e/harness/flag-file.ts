import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@halyard/testing';

/** A file of the demo's flags, copied so that a test may change it. */
export interface FlagFile<Content> {
  readonly path: string;
  /** Changes what was in the file when it was last sound, and saves that as an editor does. */
  edit(change: (content: Content) => void): Promise<void>;
  /** Saves text as it is. */
  write(text: string): Promise<void>;
  remove(): Promise<void>;
  /** Removes the copy and its folder. */
  cleanUp(): Promise<void>;
}

/** Copies a file of `apps/demo` to a folder of its own. */
export async function copyFlagFile<Content>(name: string): Promise<FlagFile<Content>> {
  const folder = await temporaryFolder();
  const content: Content = JSON.parse(readFileSync(flagFilePath(name), 'utf8'));
  const write = async (text: string) => {
    await folder.save(name, text);
  };
  const save = () => write(JSON.stringify(content, null, 2));
  await save();
  return {
    path: folder.file(name),
    edit: (change) => {
      change(content);
      return save();
    },
    write,
    remove: () => folder.remove(name),
    cleanUp: () => folder.cleanUp(),
  };
}

/** Where a file of `apps/demo` is. */
export function flagFilePath(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}
