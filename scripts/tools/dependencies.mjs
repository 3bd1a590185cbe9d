import { existsSync, statSync } from 'node:fs';
import { mustRun, root } from './run.mjs';

const MINIMUM = [20, 20];

/** Installs what the lock file names, unless it is installed already. */
export async function installDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    throw new Error(
      `Node ${process.versions.node} is too old: Halyard needs ${MINIMUM.join('.')} or newer. Install it from https://nodejs.org or with your version manager (.nvmrc names the version).`,
    );
  }
  if (isInstalled()) return;
  await mustRun('npm', ['ci', '--no-audit', '--no-fund']);
}

/** npm writes its own copy of the lock file when it has finished installing. */
function isInstalled() {
  const installed = `${root}node_modules/.package-lock.json`;
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs
  );
}
