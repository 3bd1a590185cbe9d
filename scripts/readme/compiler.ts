import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Placed, root } from './collection.ts';
import type { Group } from './groups.ts';
import { runToEnd } from './run-to-end.ts';
import { workspace } from './workspace.ts';

/** Where the compiled programs are; the folders in it are those of the workspace. */
export const compiled = `${workspace}out/`;

/**
 * Compiles what has been written, as strictly as the project itself, and resolves with what is wrong: an
 * example's mistake is told at its place in the README.
 */
export async function compile(groups: readonly Group[]): Promise<string[]> {
  // Flags that are declared are declared for all of a program.
  const declaring = groups.filter(({ own }) => [...own.values()].some(declaresGlobals));
  const together = groups.filter((group) => !declaring.includes(group));
  const projects = [together, ...declaring.map((group) => [group])];
  const problems: string[] = [];
  for (const [index, project] of projects.entries()) {
    const name = index === 0 ? 'tsconfig.examples.json' : `tsconfig.${project[0]?.id}.json`;
    writeFileSync(workspace + name, configurationOf(project));
    for (const line of (await typescript(name)).split('\n')) {
      if (line.trim() !== '') problems.push(inReadme(line, groups));
    }
  }
  return problems;
}

function declaresGlobals({ text }: Placed): boolean {
  return /^declare global/m.test(text);
}

function configurationOf(groups: readonly Group[]): string {
  return JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      types: ['node', 'react', 'react-dom'],
      // What applications that are bundled have, as those of Next are.
      module: 'ESNext',
      moduleResolution: 'Bundler',
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      sourceMap: false,
      rootDir: '.',
      outDir: 'out',
    },
    include: groups.map(({ id }) => `groups/${id}/**/*`),
  });
}

async function typescript(project: string): Promise<string> {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const { code, output } = await runToEnd(tsc, ['-p', project, '--pretty', 'false'], {
    cwd: workspace,
  });
  return code === 0 ? '' : output || `tsc ended with code ${code}`;
}

/** Puts the place in the README before what the compiler says of a place in a group's file. */
function inReadme(problem: string, groups: readonly Group[]): string {
  const [, id, path = '', line] = /^groups\/([^/]+)\/(.+?)\((\d+),\d+\)/.exec(problem) ?? [];
  const group = groups.find((one) => one.id === id);
  const file = group?.own.get(path) ?? group?.inherited.get(path);
  if (file === undefined) return problem.replace(/^(?=groups\/)/, `${relative(root, workspace)}/`);
  return `${file.example.readme}:${file.line + Number(line) - 1}: ${problem}`;
}
