import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startExposureEndpoint } from '../../../demo/e2e/harness/sink.ts';
import { APP, buildExposuresFile, MODES, type Mode } from './modes.ts';

const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** Builds the application in every mode, once for all files. `MODES_BUILT=1` trusts what is there. */
export default async function build(): Promise<void> {
  if (process.env.MODES_BUILT === '1') return;
  for (const mode of MODES) await buildMode(mode);
}

/** Builds one mode, from nothing, and writes down what the build itself counted. */
async function buildMode(mode: Mode): Promise<void> {
  rmSync(`${APP}.next/${mode}`, { recursive: true, force: true });
  const endpoint = await startExposureEndpoint();
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [next, 'build'], {
      cwd: APP,
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        MODE: mode,
        EXPOSURE_SINK_URL: endpoint.url,
      },
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  await endpoint.close();
  if (code !== 0) throw new Error(`next build in mode ${mode} ended with code ${code}`);
  writeFileSync(buildExposuresFile(mode), JSON.stringify(endpoint.arrivals));
}
