import { fileURLToPath } from 'node:url';
import { buildApp } from '../../../demo/e2e/harness/build-app.ts';

/** Builds the application once for all files. `ACCOUNTS_BUILT=1` trusts the build that is there. */
export default function build(): void {
  if (process.env.ACCOUNTS_BUILT === '1') return;
  buildApp(fileURLToPath(new URL('../../', import.meta.url)));
}
