// Holds every browser entry to its budget (size-limit, min+gzip), as configured beside each package.
import { existsSync, readdirSync } from 'node:fs';
import { bin, mustRun, root } from './tools/run.mjs';

const packages = readdirSync(`${root}packages`).filter((name) =>
  existsSync(`${root}packages/${name}/.size-limit.json`),
);
if (packages.length === 0)
  throw new Error('No package has a .size-limit.json: nothing was measured.');
for (const name of packages) {
  await mustRun(bin('size-limit'), [], { cwd: `${root}packages/${name}` });
}
