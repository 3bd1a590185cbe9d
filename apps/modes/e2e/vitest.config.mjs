import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Production builds of every mode, driven in a real browser.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    globalSetup: ['harness/build.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
