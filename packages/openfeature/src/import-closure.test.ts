import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { closureOf } from '../../../scripts/architecture/imports.ts';
import { readTree } from '../../../scripts/architecture/tree.ts';

const SERVER_CODE = /^(node:|undici|packages\/(server|next)\/|@openfeature\/server-sdk)/;
const BROWSER_CODE = /^(react|swr|packages\/react\/|@openfeature\/(web|react)-sdk)/;
const REACT = /^(react|@openfeature\/react-sdk)/;

const tree = readTree(fileURLToPath(new URL('../../..', import.meta.url)), ['packages']);

function reachedFrom(entry: string): string[] {
  const { files, packages } = closureOf(tree, `packages/openfeature/src/${entry}/index.ts`);
  return [...files, ...packages];
}

const FORBIDDEN: readonly [entry: string, what: string, pattern: RegExp][] = [
  ['server', 'browser code', BROWSER_CODE],
  ['web', 'server code', SERVER_CODE],
  ['web', 'React', REACT],
  ['react', 'server code', SERVER_CODE],
];

it.each(FORBIDDEN)('the entry %s reaches no %s', (entry, _what, pattern) => {
  expect(reachedFrom(entry).filter((path) => pattern.test(path))).toEqual([]);
});

it.each([
  ['server', '@openfeature/server-sdk'],
  ['web', '@openfeature/web-sdk'],
  ['react', '@openfeature/react-sdk'],
])('the entry %s is walked as far as %s', (entry, sdk) => {
  expect(reachedFrom(entry)).toContain(sdk);
});
