// `npm run soak`: every test with its long sample: tens of thousands of differential cases, thousands
// of renders. Prints its seed.
import { installDependencies } from './tools/dependencies.mjs';
import { bin, mustRun, root } from './tools/run.mjs';

const seed = process.env.HALYARD_SEED ?? String(Date.now() % 1_000_000);
await installDependencies();
await mustRun(bin('tsc'), ['-b']);
console.log(`seed ${seed} (set HALYARD_SEED to repeat this run)`);
await mustRun(bin('vitest'), ['run', '--testTimeout=1800000'], {
  cwd: root,
  env: { HALYARD_SOAK: '1', HALYARD_SEED: seed, TZ: 'UTC' },
});
