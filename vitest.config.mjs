import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packages = new URL('./packages/', import.meta.url);
const source = (path) => fileURLToPath(new URL(path, packages));

export default defineConfig({
  resolve: {
    // Tests run against the sources: no build is needed, and a failure points at the line as written.
    alias: [
      { find: /^@halyard\/sources\/(.+)$/, replacement: source('sources/src/$1/index.ts') },
      { find: '@halyard/core/bootstrap', replacement: source('core/src/bootstrap.ts') },
      { find: '@halyard/core/test-flags', replacement: source('core/src/test-flags.ts') },
      { find: /^@halyard\/next\/(.+)$/, replacement: source('next/src/$1/index.ts') },
      { find: '@halyard/react/store', replacement: source('react/src/store.ts') },
      { find: '@halyard/react/context', replacement: source('react/src/context/index.ts') },
      { find: '@halyard/react/refresh', replacement: source('react/src/refresh/index.ts') },
      { find: '@halyard/react/testing', replacement: source('react/src/testing/index.ts') },
      { find: /^@halyard\/openfeature\/(.+)$/, replacement: source('openfeature/src/$1/index.ts') },
      { find: /^@halyard\/([a-z]+)$/, replacement: source('$1/src/index.ts') },
    ],
  },
  test: {
    include: ['*.test.ts', 'packages/*/src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
