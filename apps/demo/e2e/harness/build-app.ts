import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** Builds the application of a folder, from nothing. */
export function buildApp(folder: string): void {
  rmSync(join(folder, '.next'), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`next build ended with code ${status}`);
}
