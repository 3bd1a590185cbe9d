// Every adapter of a backend, three interleaved rounds, each in its own process; ratios as a table
// and as JSON in benchmarks/results.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { printReport, ratiosOf } from './report.mjs';
import { SUITES } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));
const wanted = process.argv.slice(2);
const suites = SUITES.filter(({ backend }) => wanted.length === 0 || wanted.includes(backend));
if (suites.length === 0) {
  throw new Error(
    `No such backend: ${wanted.join(', ')}. There is: ${SUITES.map((s) => s.backend).join(', ')}.`,
  );
}

let met = true;
for (const suite of suites) {
  const results = suite.flagCounts.map((flagCount) => measure(suite, flagCount));
  mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
  writeFileSync(
    new URL(`./results/${suite.backend}.json`, import.meta.url),
    `${JSON.stringify({ backend: suite.backend, node: process.version, rounds: ROUNDS, results }, null, 2)}\n`,
  );
  for (const result of results) met = printReport(suite, result) && met;
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
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', worker, suite.backend, adapter, String(flagCount), suite.document],
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
