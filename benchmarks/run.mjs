// Every adapter of a backend, three interleaved rounds, each in its own process; ratios as a table
// and as JSON in benchmarks/results. Then the stalls of refreshing: see refresh-stall.mjs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { printReport, ratiosOf } from './report.mjs';
import { saveResults } from './save-results.mjs';
import { suitesNamed } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));
const wanted = process.argv.slice(2);

let met = true;
for (const suite of suitesNamed(wanted)) {
  const results = suite.flagCounts.map((flagCount) => measure(suite, flagCount));
  saveResults(suite.backend, { backend: suite.backend, rounds: ROUNDS, results });
  for (const result of results) met = printReport(suite, result) && met;
}
const stalls = spawnSync(process.execPath, [pathOf('./refresh-stall.mjs'), ...wanted], {
  stdio: 'inherit',
});
process.exitCode = met && stalls.status === 0 ? 0 : 1;

function measure(suite, flagCount) {
  const samples = new Map(suite.adapters.map((adapter) => [adapter, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const adapter of suite.adapters)
      samples.get(adapter).push(sample(suite, adapter, flagCount));
  }
  const figures = Object.fromEntries(
    [...samples].map(([adapter, runs]) => [adapter, summarise(runs)]),
  );
  const digests = new Set(Object.values(figures).map(({ digest }) => digest));
  if (digests.size !== 1) {
    throw new Error(
      `The adapters disagree on ${suite.backend}, ${flagCount} flags: ${JSON.stringify(figures, null, 1)}`,
    );
  }
  return { flagCount, figures, ratios: ratiosOf(suite, figures) };
}

function sample(suite, adapter, flagCount) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      pathOf('./worker.mjs'),
      suite.backend,
      adapter,
      String(flagCount),
      suite.document,
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`${suite.backend}/${adapter} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

/** The median of each figure over the rounds. */
function summarise(runs) {
  return Object.fromEntries(
    Object.keys(runs[0]).map((figure) => {
      const values = runs.map((run) => run[figure]);
      return [figure, typeof values[0] === 'number' ? median(values) : values[0]];
    }),
  );
}
