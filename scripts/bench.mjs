// `npm run bench`: Halyard beside its peers in one run; ratios as a table, and as JSON in benchmarks/results.
import { installDependencies } from './tools/dependencies.mjs';
import { bin, mustRun } from './tools/run.mjs';

await installDependencies();
await mustRun(bin('tsc'), ['-b']);
await mustRun('node', ['--expose-gc', 'benchmarks/run.mjs', ...process.argv.slice(2)]);
