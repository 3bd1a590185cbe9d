// `npm run demo`: installs, builds, starts the demo in production mode, and prints its address.
// FLAGS_SOURCE names the backend it reads its flags from; one that is a server is started beside it.
import { createServer } from 'node:net';
import { findBackend } from './demo/backends.mjs';
import { installDependencies } from './tools/dependencies.mjs';
import { bin, mustRun, root, run } from './tools/run.mjs';

const app = `${root}apps/demo`;
const startBackend = findBackend();
await installDependencies();
await mustRun(bin('tsc'), ['-b']);
// Before the build, which makes a page for each of what some flags can come out as.
const backend = await startBackend();
await mustRun(bin('next'), ['build'], { cwd: app, env: backend.env });

const port = process.env.PORT ?? (await freePort(3000));
console.log(`\nThe demo is at http://localhost:${port}`);
if (backend.about !== undefined) console.log(backend.about);
console.log(`Edit ${backend.file} and watch the open page change. Ctrl+C stops it.\n`);
// Ctrl+C reaches the shop as well, which sends what is pending before it ends. A second one ends all.
process.once('SIGINT', () => {});
const code = await run(bin('next'), ['start', '-p', String(port)], { cwd: app, env: backend.env });
await backend.stop();
process.exit(code);

/** The wanted port, or any free one when something else has it. */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () =>
      wanted === 0 ? reject(new Error('no free port')) : resolve(freePort(0)),
    );
    probe.listen(wanted, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
