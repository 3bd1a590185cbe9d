import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The demo as built, in production mode, driven in a real browser. Files run one after another: each
// starts its own server and measures what arrives where.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    globalSetup: ['harness/build.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
