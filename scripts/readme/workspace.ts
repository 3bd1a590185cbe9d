import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applicationFiles, applicationsOf } from './application.ts';
import { type Placed, root } from './collection.ts';
import type { Group } from './groups.ts';

/** Where the examples are written to, compiled and run; below the root, so that they find its packages. */
export const workspace = `${root}.cache/readme/`;

const around = fileURLToPath(new URL('around/', import.meta.url));

/** The folder of a group, with a slash at the end. */
export function folderOf(group: Group): string {
  return `${workspace}groups/${group.id}/`;
}

/** What a file of an example prints when it has been run to its end. */
export function markOf({ example, line }: Placed): string {
  return `[example] ${example.readme}:${line}`;
}

/**
 * Writes all groups as READMEs have them, with what READMEs take for granted around them, and the
 * application that shows those of Next.
 */
export function writeWorkspace(groups: readonly Group[], examples: readonly Placed[]): void {
  checkSurroundings(groups);
  rmSync(workspace, { recursive: true, force: true });
  for (const group of groups) {
    const folder = folderOf(group);
    copyIfThere(`${around}${group.readme}/every-section`, folder);
    writeFiles(folder, group.inherited);
    copyIfThere(`${around}${group.readme}/${group.section}`, folder);
    writeFiles(folder, group.own);
    const [shown] = group.own.values();
    write(`${folder}flags.json`, flagFile(examples, shown?.example.readme));
  }
  write(`${workspace}flags.json`, flagFile(examples, 'README.md'));
  write(`${workspace}package.json`, JSON.stringify({ private: true, type: 'module' }));
  // Without one, the repository's own would be taken.
  write(`${workspace}vitest.config.mjs`, 'export default {};\n');
  const applications = applicationsOf(groups).map((group) => ({
    id: group.id,
    files: filesIn(folderOf(group)),
  }));
  for (const [path, text] of applicationFiles(applications)) write(workspace + path, text);
}

function writeFiles(folder: string, files: Group['own']): void {
  for (const [path, file] of files)
    write(folder + path, `${file.text}\nconsole.log(${JSON.stringify(markOf(file))});\n`);
}

/** The flags that examples read: those their README shows, and those it takes for granted. */
function flagFile(examples: readonly Placed[], readme: string | undefined): string {
  const { flags } = JSON.parse(readFileSync(`${around}flags.json`, 'utf8'));
  const shown = examples.filter(
    ({ role, example }) => role === 'flags' && example.readme === readme,
  );
  for (const { text } of shown) Object.assign(flags, JSON.parse(text).flags);
  return JSON.stringify({ flags }, null, 2);
}

/** A section that was renamed leaves its surroundings behind: better to be told than to wonder. */
function checkSurroundings(groups: readonly Group[]): void {
  const known = new Set(groups.flatMap(({ id, readme }) => [id, `${readme}--every-section`]));
  for (const readme of foldersIn(around))
    for (const section of foldersIn(`${around}${readme}`)) {
      if (!known.has(`${readme}--${section}`))
        throw new Error(
          `scripts/readme/around/${readme}/${section} belongs to no section with examples. Rename it as the section is called, or remove it.`,
        );
    }
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The addresses of a group's pages and routes, but for those that take parameters. */
export function addressesOf(group: Group): string[] {
  return [...filesIn(folderOf(group)).keys()]
    .flatMap((path) => /^app\/(?:(.*)\/)?(?:page\.tsx|route\.ts)$/.exec(path)?.slice(1) ?? [])
    .map((folder) => `/${folder ?? ''}`)
    .filter((address) => !address.includes('['));
}
