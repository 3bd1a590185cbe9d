import { posix } from 'node:path';
import type { Tree } from './tree.ts';

/** One import of a module. */
export interface Import {
  readonly specifier: string;
  /** Erased by the compiler: `import type`, `export type … from`. */
  readonly typeOnly: boolean;
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The modules a file imports, statically or dynamically. Comments must not hold import statements. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  for (const match of code.matchAll(STATIC)) {
    found.push({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined });
  }
  for (const match of code.matchAll(DYNAMIC)) {
    found.push({ specifier: match[1] ?? '', typeOnly: false });
  }
  return found;
}

/** The tree's file that an import names; undefined for packages from outside. */
export function resolveImport(tree: Tree, from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(from), specifier);
    return tree.has(path) ? path : undefined;
  }
  const own = /^@halyard\/([^/]+)(?:\/(.+))?$/.exec(specifier);
  if (own === null) return undefined;
  return entryOf(tree, own[1] ?? '', own[2]);
}

/** The source of a package's entry, as its exports map says: `./dist/x.js` is built from `src/x.ts`. */
function entryOf(tree: Tree, name: string, subpath: string | undefined): string | undefined {
  const manifest = tree.get(`packages/${name}/package.json`);
  if (manifest === undefined) return undefined;
  const { exports } = JSON.parse(manifest) as { exports?: Record<string, unknown> };
  const exact = exports?.[subpath === undefined ? '.' : `./${subpath}`];
  const target = builtFile(exact) ?? builtFile(exports?.['./*'])?.replace('*', subpath ?? '');
  const stem = target?.replace(/^\.\/dist\//, `packages/${name}/src/`).replace(/\.js$/, '');
  return [`${stem}.ts`, `${stem}.tsx`].find((path) => tree.has(path));
}

function builtFile(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  return builtFile((target as Record<string, unknown>).default);
}

/** Every file reachable from one, by imports that survive compilation, and the packages it needs. */
export function closureOf(
  tree: Tree,
  entry: string,
): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string) => {
    if (files.has(path)) return;
    files.add(path);
    for (const { specifier, typeOnly } of importsOf(tree.get(path) ?? '')) {
      if (typeOnly) continue;
      const target = resolveImport(tree, path, specifier);
      if (target !== undefined) visit(target);
      else packages.add(specifier);
    }
  };
  visit(entry);
  return { files, packages };
}
