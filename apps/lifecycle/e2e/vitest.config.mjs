import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The application as built, in production mode. Files run one after another: they measure.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    globalSetup: ['harness/build.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
