// `npm run demo`: installs, builds, starts the demo in production mode, and prints its address.
import { createServer } from 'node:net';
import { installDependencies } from './tools/dependencies.mjs';
import { bin, mustRun, root, run } from './tools/run.mjs';

const app = `${root}apps/demo`;
await installDependencies();
await mustRun(bin('tsc'), ['-b']);
await mustRun(bin('next'), ['build'], { cwd: app });

const port = process.env.PORT ?? (await freePort(3000));
console.log(`\nThe demo is at http://localhost:${port}`);
console.log('Edit apps/demo/flags.json and watch the open page change. Ctrl+C stops it.\n');
process.exit(await run(bin('next'), ['start', '-p', String(port)], { cwd: app }));

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
