import { fileURLToPath } from 'node:url';
import { buildApp } from '../../../demo/e2e/harness/build-app.ts';

/** Builds the application once for all files. `LIFECYCLE_BUILT=1` trusts the build that is there. */
export default function build(): void {
  if (process.env.LIFECYCLE_BUILT === '1') return;
  process.env.BUILD_STANDALONE = '1';
  buildApp(fileURLToPath(new URL('../../', import.meta.url)));
}
