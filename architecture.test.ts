import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type ClientEntry,
  heavyClientEntries,
  importCycles,
  impureCode,
  longFiles,
  oddBackends,
  oddPackages,
  testCodeInProduction,
  upwardImports,
  vagueNames,
} from './scripts/architecture/rules.ts';
import { readTree, type Tree } from './scripts/architecture/tree.ts';

const SERVER = /^(node:|undici|packages\/(server|next)\/)/;

/** What needs Node.js: Next warns of it in a build for the Edge runtime, and it fails there. */
const NODE = /^(node:|undici|ioredis|packages\/server\/)/;

/** Every entry that a browser or the Edge runtime may load, and what must not be in its bundle. */
const CLIENT_ENTRIES: readonly ClientEntry[] = [
  {
    entry: 'packages/react/src/index.ts',
    forbidden: new RegExp(`${SERVER.source}|^swr|^@openfeature/|json-logic|hashing`),
  },
  { entry: 'packages/react/src/testing/index.ts', forbidden: new RegExp(`${SERVER.source}|^swr`) },
  { entry: 'packages/react/src/refresh/index.ts', forbidden: SERVER },
  {
    entry: 'packages/react/src/context/index.ts',
    forbidden: new RegExp(`${SERVER.source}|^react$|^swr`),
  },
  {
    entry: 'packages/core/src/bootstrap.ts',
    forbidden: new RegExp(`${SERVER.source}|json-logic|hashing`),
  },
  { entry: 'packages/react/src/store.ts', forbidden: new RegExp(`${SERVER.source}|^react$|^swr`) },
  { entry: 'packages/next/src/browser.ts', forbidden: NODE },
  { entry: 'packages/next/src/edge.ts', forbidden: NODE },
  { entry: 'packages/redis/src/edge.ts', forbidden: NODE },
  { entry: 'packages/openfeature/src/web/index.ts', forbidden: SERVER },
  { entry: 'packages/openfeature/src/react/index.ts', forbidden: SERVER },
];

const root = fileURLToPath(new URL('.', import.meta.url));
const real = readTree(root, ['packages', 'apps', 'benchmarks', 'scripts']);
const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files));

/** Each rule, and a small tree it must reject: a check that cannot fail checks nothing. */
const RULES: readonly [name: string, rule: (tree: Tree) => string[], offending: Tree][] = [
  [
    'imports go down a level, never sideways or up',
    upwardImports,
    tree({ 'packages/core/src/a.ts': "import { x } from '@halyard/server';" }),
  ],
  [
    'no files import each other in a ring',
    importCycles,
    tree({
      'packages/core/src/a.ts': "import { b } from './b.ts';",
      'packages/core/src/b.ts': "import { a } from './a.ts';",
    }),
  ],
  [
    'every file is short enough to hold one idea',
    longFiles,
    tree({ 'packages/core/src/a.ts': 'x;\n'.repeat(301) }),
  ],
  ['every file is named for what it holds', vagueNames, tree({ 'packages/core/src/utils.ts': '' })],
  [
    'every backend folder has the same files, and none imports another',
    oddBackends,
    tree({ 'packages/sources/src/acme/index.ts': '' }),
  ],
  [
    'core and sources are pure',
    impureCode,
    tree({ 'packages/core/src/a.ts': 'export const at = Date.now();' }),
  ],
  [
    'entries for browsers and for Edge reach no server code',
    (files) => heavyClientEntries(files, CLIENT_ENTRIES),
    tree({ 'packages/react/src/index.ts': "import 'node:fs';" }),
  ],
  [
    'every package has a README with an example, and tests',
    oddPackages,
    tree({ 'packages/core/src/a.ts': '' }),
  ],
  [
    'code that ships imports no tests and no fixtures',
    testCodeInProduction,
    tree({
      'packages/core/src/a.ts': "import './fixtures/f.ts';",
      'packages/core/src/fixtures/f.ts': '',
    }),
  ],
];

describe.each(RULES)('%s', (_name, rule, offending) => {
  it('holds for the whole tree', () => {
    expect(rule(real)).toEqual([]);
  });

  it('would be seen to be broken', () => {
    expect(rule(offending)).not.toEqual([]);
  });
});
