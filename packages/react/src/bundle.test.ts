import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const source = join(packages, 'react/src');

/** Bundles code as an application does, from our sources, with React and other libraries outside. */
async function bundle(code: string): Promise<{ metafile: Metafile; bytes: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: source, loader: 'ts' },
    absWorkingDir: packages,
    alias: {
      '@halyard/core/bootstrap': join(packages, 'core/src/bootstrap.ts'),
      '@halyard/core/test-flags': join(packages, 'core/src/test-flags.ts'),
      '@halyard/core': join(packages, 'core/src/index.ts'),
    },
    external: ['react', 'react-dom', 'swr', '@openfeature/*', '@halyard/server', 'undici'],
    bundle: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    metafile: true,
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  return { metafile, bytes: gzipSync(text, { level: 9 }).length };
}

/** Every file and package that an entry's static imports reach, whether or not its code is used. */
async function closureOf(entry: string): Promise<string[]> {
  const { metafile } = await bundle(`export * from './${entry}'`);
  const inputs = Object.entries(metafile.inputs);
  const outside = inputs.flatMap(([, { imports }]) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  return [...new Set([...inputs.map(([path]) => path), ...outside])];
}

describe('what an import brings along', () => {
  const HEAVY = /^swr|@openfeature|server\/|@halyard\/server|undici|node:|json-logic|hashing/;

  it.each([
    ['index.ts', HEAVY],
    ['testing/index.ts', HEAVY],
    ['refresh/index.ts', /@openfeature|server\/|@halyard\/server|undici|node:/],
  ])('holds nothing heavy: %s', async (entry, forbidden) => {
    const closure = await closureOf(entry);
    expect(closure).toContain('react');
    expect(closure).toContain('core/src/bootstrap.ts');
    expect(closure.filter((path) => forbidden.test(path))).toEqual([]);
  });

  it('holds swr where refreshing is asked for, and only there', async () => {
    expect(await closureOf('refresh/index.ts')).toContain('swr');
  });

  it('holds neither React nor swr for whoever only sets a context', async () => {
    const closure = await closureOf('context/index.ts');
    expect(closure).toContain('react/src/flags-request.ts');
    expect(closure.filter((path) => /^react$|^swr/.test(path))).toEqual([]);
    const { bytes } = await bundle(`export * from './context/index.ts'`);
    expect(bytes).toBeLessThanOrEqual(1000);
  });

  it('is at most 2 KB, min+gzip, for FlagsProvider and useFlag', async () => {
    const { bytes } = await bundle(`export { FlagsProvider, useFlag } from './index.ts'`);
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThanOrEqual(2000);
  });
});

describe('the boundary between server and client', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$/.test(path),
  );
  const usesReact = (text: string) => /^import (?!type)[^;]* from '(react|swr)';/m.test(text);

  it.each(files)('is drawn in the file itself: %s', (path) => {
    const text = readFileSync(join(source, path), 'utf8');
    expect(text.startsWith("'use client';\n")).toBe(path.endsWith('.tsx') || usesReact(text));
  });
});
