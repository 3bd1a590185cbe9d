import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** Programs the tests drive that npm cannot install. */
const TOOLS = {
  redis: {
    variable: 'REDIS_SERVER',
    names: ['redis-server', 'valkey-server'],
    apt: 'redis-server',
    what: 'Redis',
  },
  chromium: {
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    apt: 'chromium',
    what: 'Chromium',
  },
};

/**
 * Finds every tool: by its environment variable, then on the PATH, then (as root on Debian) through
 * apt-get. Returns the variables to set for the tests. Throws with the line that says how to get it.
 */
export async function findSystemTools() {
  const missing = Object.values(TOOLS).filter((tool) => locate(tool) === undefined);
  if (missing.length > 0 && mayInstall()) {
    await run('apt-get', ['update', '-qq']);
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...missing.map((tool) => tool.apt)],
      { env: { DEBIAN_FRONTEND: 'noninteractive' } },
    );
  }
  const found = Object.values(TOOLS).map((tool) => [tool.variable, locate(tool) ?? refuse(tool)]);
  return Object.fromEntries(found);
}

function locate({ variable, names, what }) {
  const given = process.env[variable];
  if (given !== undefined && given !== '') {
    if (isExecutable(given)) return given;
    throw new Error(`${variable} is "${given}", which is no program. Point it at ${what}.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not a program: either way the search goes on.
    return false;
  }
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function refuse({ variable, apt, what }) {
  throw new Error(
    `${what} was not found. Install it (Debian: sudo apt-get install ${apt}; macOS: brew install ${apt === 'chromium' ? '--cask chromium' : 'redis'}), or set ${variable} to its path.`,
  );
}
