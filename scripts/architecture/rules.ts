import { closureOf, importsOf, resolveImport } from './imports.ts';
import { isShipped, isTestSupport, packageOf, type Tree } from './tree.ts';

/** How high each package stands. Imports go down a level, never sideways or up. */
export const LEVELS: Readonly<Record<string, number>> = {
  core: 0,
  sources: 1,
  server: 1,
  react: 1,
  testing: 1,
  redis: 2,
  openfeature: 2,
  next: 2,
  devtools: 2,
  cli: 2,
};

const MAX_LINES = 300;

/** Imports that go up or sideways, and packages without a level. */
export function upwardImports(tree: Tree): string[] {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    const from = packageOf(path);
    if (from === undefined || !isShipped(path)) continue;
    const level = LEVELS[from];
    if (level === undefined) {
      problems.push(
        `${path}: package "${from}" has no level. Add it to LEVELS in scripts/architecture/rules.ts and to the table in README.md.`,
      );
      continue;
    }
    for (const { specifier } of importsOf(text)) {
      const to = /^@halyard\/([^/]+)/.exec(specifier)?.[1];
      if (to === undefined || to === from) continue;
      if ((LEVELS[to] ?? Number.POSITIVE_INFINITY) < level && to !== 'testing') continue;
      problems.push(
        `${path} (level ${level}) imports ${specifier} (level ${LEVELS[to]}). Imports only go down: move what both need to @halyard/core, or pass it in as an option.`,
      );
    }
  }
  return problems;
}

/** Rings of files that import each other at run time. */
export function importCycles(tree: Tree): string[] {
  const problems: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const ring = [...trail.slice(start), path].join(' → ');
      problems.push(`${ring}. Break the ring: move what both need to a file of its own.`);
      return;
    }
    if (done.has(path)) return;
    for (const { specifier, typeOnly } of importsOf(tree.get(path) ?? '')) {
      const target = typeOnly ? undefined : resolveImport(tree, path, specifier);
      if (target !== undefined) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of tree.keys()) if (isShipped(path)) visit(path, []);
  return problems;
}

/** Files too long to hold one idea. Tests count too. */
export function longFiles(tree: Tree): string[] {
  return [...tree]
    .filter(([path]) => /\.(tsx?|mjs)$/.test(path))
    .map(([path, text]) => [path, text.trimEnd().split('\n').length] as const)
    .filter(([, lines]) => lines > MAX_LINES)
    .map(([path, lines]) => `${path} has ${lines} lines (at most ${MAX_LINES}). Split it by idea.`);
}

/** Files and folders named for nothing in particular. */
export function vagueNames(tree: Tree): string[] {
  return [...tree.keys()]
    .filter((path) => /\/(utils?|helpers?|misc|common)(\/|\.[a-z]+$)/.test(path))
    .map((path) => `${path}: name the file for the idea it holds.`);
}

const BACKEND_FILES = {
  required: ['index.ts', 'wire.ts', 'requests.ts', 'compile.ts', 'dialect.ts', 'README.md'],
  optional: ['exposure.ts', 'tracking.ts'],
};

/** Backend folders with other files than their siblings, and backends that import each other. */
export function oddBackends(tree: Tree): string[] {
  const problems: string[] = [];
  const folder = (path: string) => /^packages\/sources\/src\/([^/]+)\//.exec(path)?.[1];
  const backends = new Set([...tree.keys()].map(folder).filter((name) => name !== undefined));
  for (const backend of backends) {
    const root = `packages/sources/src/${backend}/`;
    for (const file of [...BACKEND_FILES.required, `${backend}.test.ts`]) {
      if (tree.has(root + file)) continue;
      problems.push(`${root}${file} is missing. Every backend folder has the same files.`);
    }
    for (const [path, text] of tree) {
      if (!path.startsWith(root)) continue;
      const file = path.slice(root.length);
      const known = [...BACKEND_FILES.required, ...BACKEND_FILES.optional].includes(file);
      if (!known && isShipped(path) && !isBackendPart(file)) {
        problems.push(
          `${path} is a file its siblings do not have. Put it into one of ${BACKEND_FILES.required.join(', ')}, or into a folder named for one of them (dialect/, compile/, wire/).`,
        );
      }
      for (const { specifier } of importsOf(text)) {
        const target = folder(resolveImport(tree, path, specifier) ?? '');
        if (target === undefined || target === backend) continue;
        problems.push(
          `${path} imports from ${target}. A backend never imports another: move what both need to @halyard/core.`,
        );
      }
    }
  }
  return problems;
}

/** A large part may be split over a folder of its own name. */
function isBackendPart(file: string): boolean {
  return /^(wire|requests|compile|dialect|exposure)\//.test(file);
}

/**
 * What the language itself offers and evaluation must not use. DOM and Node globals need no rule: these
 * packages compile without their types.
 */
const IMPURE = [
  [/\bDate\.now\(|\bnew Date\(\)/, 'reads the clock: take `now` from the scope'],
  [/\bMath\.random\(/, 'is random: take the value as an argument'],
  [/\bnew Function\(|\beval\(/, 'builds code from text: compile to closures'],
] as const;

/** Clocks, randomness, I/O and platform globals where evaluation must be pure. */
export function impureCode(tree: Tree): string[] {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    const name = packageOf(path);
    if ((name !== 'core' && name !== 'sources') || !isShipped(path)) continue;
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    for (const [pattern, what] of IMPURE) {
      const match = pattern.exec(code);
      if (match !== null) problems.push(`${path}: \`${match[0]}\` ${what}.`);
    }
    for (const { specifier } of importsOf(text)) {
      if (specifier.startsWith('.') || specifier === '@halyard/core') continue;
      problems.push(`${path} imports ${specifier}. core and sources import nothing from outside.`);
    }
  }
  return problems;
}

/** What an entry for browsers, or for the Edge runtime, must not pull in. */
export interface ClientEntry {
  readonly entry: string;
  readonly forbidden: RegExp;
}

/** Entries for browsers and for Edge whose import closure reaches code that must stay out of the bundle. */
export function heavyClientEntries(tree: Tree, entries: readonly ClientEntry[]): string[] {
  const problems: string[] = [];
  for (const { entry, forbidden } of entries) {
    if (!tree.has(entry)) {
      problems.push(`${entry} does not exist. Correct CLIENT_ENTRIES in architecture.test.ts.`);
      continue;
    }
    const { files, packages } = closureOf(tree, entry);
    for (const reached of [...files, ...packages]) {
      if (!forbidden.test(reached)) continue;
      problems.push(
        `${entry} reaches ${reached}, which must not be in its bundle. Import it lazily, or from another entry.`,
      );
    }
  }
  return problems;
}

/** Packages without the shape every package has. */
export function oddPackages(tree: Tree): string[] {
  const problems: string[] = [];
  const names = new Set([...tree.keys()].map(packageOf).filter((name) => name !== undefined));
  for (const name of names) {
    const readme = tree.get(`packages/${name}/README.md`);
    if (readme === undefined)
      problems.push(
        `packages/${name}/README.md is missing. Say what lives there, what may import it, and show one runnable example.`,
      );
    else if (!/```(ts|tsx)\n/.test(readme))
      problems.push(`packages/${name}/README.md has no example. Show one that runs.`);
    if (readme !== undefined && !/may import|imported by/i.test(readme))
      problems.push(`packages/${name}/README.md does not say what may import it.`);
    if (
      ![...tree.keys()].some(
        (path) => path.startsWith(`packages/${name}/src/`) && /\.test\.tsx?$/.test(path),
      )
    ) {
      problems.push(`packages/${name} has no tests beside its source.`);
    }
  }
  return problems;
}

/** Imports of test kit and fixtures from code that ships. */
export function testCodeInProduction(tree: Tree): string[] {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    if (!isShipped(path)) continue;
    for (const { specifier } of importsOf(text)) {
      const target = resolveImport(tree, path, specifier) ?? '';
      if (!/\.test\.tsx?$/.test(target) && !isTestSupport(target)) continue;
      problems.push(`${path} imports ${specifier}. Only tests import tests and fixtures.`);
    }
  }
  return problems;
}
