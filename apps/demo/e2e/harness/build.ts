import { fileURLToPath } from 'node:url';
import { buildApp } from './build-app.ts';

/** Builds the demo once for all files. `DEMO_BUILT=1` trusts the build that is there. */
export default function build(): void {
  if (process.env.DEMO_BUILT === '1') return;
  buildApp(fileURLToPath(new URL('../../', import.meta.url)));
}
