// Every adapter of a backend, three interleaved rounds, each in its own process; ratios as a table
// and as JSON in benchmarks/results. Then what exposures cost and who waits for them, what OpenFeature
// costs, and the stalls of refreshing: see the programs named below.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { figuresOf } from './measured-process.mjs';
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
const others = ['./exposures.mjs', './executors.mjs', './openfeature.mjs', './refresh-stall.mjs'];
for (const program of others) {
  const { status } = spawnSync(process.execPath, [pathOf(program), ...wanted], {
    stdio: 'inherit',
  });
  met = status === 0 && met;
}
process.exitCode = met ? 0 : 1;

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
  return figuresOf(pathOf('./worker.mjs'), {
    what: `${suite.backend}/${adapter}`,
    parameters: [suite.backend, adapter, flagCount, suite.document],
    isPinned: suite.isPinned,
  });
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
