import { lstat, mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * How programs save a file:
 * - `in-place`: truncated, then written;
 * - `replace`: a new file beside it is renamed onto it (editors, deployment tools);
 * - `backup`: the old file is renamed away, the new one written, the old one deleted (vim);
 * - `symlink-swap`: the file is a link into a folder that is replaced as a whole (Kubernetes).
 */
export type SavePattern = 'in-place' | 'replace' | 'backup' | 'symlink-swap';

/** All patterns, for tests that run once per pattern. */
export const SAVE_PATTERNS: readonly SavePattern[] = Object.freeze([
  'in-place',
  'replace',
  'backup',
  'symlink-swap',
]);

/** A write that has stopped half-way. */
export interface PartialWrite {
  /** Writes the rest. */
  finish(): Promise<void>;
  /** Leaves the file as it is, as a writer that crashed does. */
  abandon(): Promise<void>;
}

/** A folder of its own for one test. Names are relative to it. */
export interface TemporaryFolder {
  readonly path: string;
  /** The absolute path of a file or folder within. */
  file(name: string): string;
  /** Writes a file, `replace` unless told otherwise; missing folders are made. Resolves to its path. */
  save(name: string, content: string | Uint8Array, pattern?: SavePattern): Promise<string>;
  /** Truncates a file, writes the first half of the content (in bytes) and stops there. */
  savePartially(name: string, content: string): Promise<PartialWrite>;
  /** Removes a file or folder; one that is not there is no error. */
  remove(name: string): Promise<void>;
  /** Removes the folder and all that is in it. */
  cleanUp(): Promise<void>;
}

/** Makes a new folder under the system's temporary one. Call `cleanUp` when the test is done. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'halyard-'));
  let saves = 0;
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    async save(name, content, pattern = 'replace') {
      saves++;
      const target = file(name);
      await mkdir(dirname(target), { recursive: true });
      await SAVERS[pattern]({ target, content, serial: saves });
      return target;
    },
    savePartially: (name, content) => savePartially(file(name), content),
    remove: (name) => rm(file(name), { recursive: true, force: true }),
    cleanUp: () => rm(path, { recursive: true, force: true }),
  };
}

interface Save {
  readonly target: string;
  readonly content: string | Uint8Array;
  /** Counts the saves of a folder; makes the names of files beside the target unique. */
  readonly serial: number;
}

const SAVERS: Readonly<Record<SavePattern, (save: Save) => Promise<void>>> = {
  'in-place': ({ target, content }) => writeFile(target, content),

  async replace({ target, content, serial }) {
    const next = `${target}.${serial}.tmp`;
    await writeFile(next, content);
    await rename(next, target);
  },

  async backup({ target, content }) {
    const old = `${target}~`;
    if (await exists(target)) await rename(target, old);
    await writeFile(target, content);
    await rm(old, { force: true });
  },

  async 'symlink-swap'({ target, content, serial }) {
    const folder = dirname(target);
    const name = target.slice(folder.length + 1);
    const version = `..version-${serial}`;
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, name), content);
    await symlink(version, join(folder, '..data-next'));
    await rename(join(folder, '..data-next'), join(folder, '..data'));
    if (await isLink(target)) return;
    await rm(target, { force: true });
    await symlink(join('..data', name), target);
  },
};

async function savePartially(target: string, content: string): Promise<PartialWrite> {
  const bytes = Buffer.from(content);
  const half = bytes.length >> 1;
  await mkdir(dirname(target), { recursive: true });
  const handle = await open(target, 'w');
  await handle.write(bytes, 0, half);
  await handle.sync();
  return {
    async finish() {
      await handle.write(bytes, half);
      await handle.close();
    },
    abandon: () => handle.close(),
  };
}

async function exists(path: string): Promise<boolean> {
  return (await statOf(path)) !== undefined;
}

async function isLink(path: string): Promise<boolean> {
  return (await statOf(path))?.isSymbolicLink() === true;
}

async function statOf(path: string) {
  // The one question asked is whether the path is there; why it is not makes no difference.
  return lstat(path).catch(() => undefined);
}
