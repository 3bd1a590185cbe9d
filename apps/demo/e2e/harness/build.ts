import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const app = fileURLToPath(new URL('../../', import.meta.url));
const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** Builds the demo once for all files. `DEMO_BUILT=1` trusts the build that is there. */
export default function build(): void {
  if (process.env.DEMO_BUILT === '1') return;
  rmSync(`${app}.next`, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [next, 'build'], {
    cwd: app,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`next build ended with code ${status}`);
}
