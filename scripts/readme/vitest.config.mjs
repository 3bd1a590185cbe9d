import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What the READMEs show, against the packages as they are built.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: '../../.cache/vite-readme',
  test: {
    include: ['*.test.ts'],
    globalSetup: ['prepare.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Examples wait for their servers as long as their options say: no build goes on beside them.
    fileParallelism: false,
  },
});
