import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A source tree as data: path (with forward slashes, relative to the root) → text. */
export type Tree = ReadonlyMap<string, string>;

const SKIPPED = new Set(['node_modules', 'dist', '.next', '.git', '.cache', 'coverage']);
const READ = /\.(tsx?|mjs|css|json|md)$/;

/** Reads every source, manifest and README below the given folders. */
export function readTree(root: string, folders: readonly string[]): Tree {
  const files = new Map<string, string>();
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
      if (entry.isFile() && READ.test(entry.name)) {
        files.set(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
      }
    }
  };
  for (const folder of folders) visit(join(root, folder));
  return files;
}

/** TypeScript that ships: not tests, fixtures or declarations of tests. */
export function isShipped(path: string): boolean {
  return /\.tsx?$/.test(path) && !/\.(test|test-d)\.tsx?$/.test(path) && !isTestSupport(path);
}

/** What only tests use: fixtures, generators and step definitions kept beside them. */
export function isTestSupport(path: string): boolean {
  return /\/(fixtures|gherkin)\//.test(path);
}

/** The package a file of `packages/` belongs to; undefined elsewhere. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1];
}
