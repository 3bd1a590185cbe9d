import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** What Next only warns of: on the Edge runtime such code fails. */
const NODE_ON_EDGE = /not supported in the Edge Runtime/;

/** Builds the application of a folder, from nothing. Throws when that fails, or takes Node code to Edge. */
export function buildApp(folder: string): void {
  rmSync(join(folder, '.next'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  console.log(stdout + stderr);
  if (NODE_ON_EDGE.test(stdout + stderr))
    throw new Error('next build warns of Node code on the Edge runtime; its output is above');
  if (status !== 0) throw new Error(`next build ended with code ${status}`);
}
