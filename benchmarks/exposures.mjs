// What exposures cost the reading path: each client with its exposures on over the same with them off,
// in one process. A table, and JSON in benchmarks/results.
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { figuresOf } from './measured-process.mjs';
import { saveResults } from './save-results.mjs';
import { suitesNamed } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const FLAG_COUNT = 438;
const ROWS = {
  counted: 'a flag that this visitor has seen before',
  settled: 'the same, and what was put off',
  first: 'a flag that this visitor has not seen',
  delivered: 'the same, and the exposures delivered',
};
const WORKER = fileURLToPath(new URL('./exposures/worker.mjs', import.meta.url));

let met = true;
for (const suite of suitesNamed(process.argv.slice(2))) {
  if (suite.exposures === undefined) continue;
  const figures = measure(suite);
  saveResults(`${suite.backend}-exposures`, { backend: suite.backend, rounds: ROUNDS, figures });
  met = printReport(suite, figures) && met;
}
process.exitCode = met ? 0 : 1;

/** The clients take turns, so that a busy minute hits them all. */
function measure(suite) {
  const { adapters } = suite.exposures;
  const samples = new Map(adapters.map((adapter) => [adapter, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const adapter of adapters) samples.get(adapter).push(sample(suite, adapter));
  }
  return Object.fromEntries([...samples].map(([adapter, runs]) => [adapter, summarise(runs)]));
}

function sample({ backend, document, isPinned }, adapter) {
  return figuresOf(WORKER, {
    what: `${backend}/${adapter} with exposures`,
    parameters: [backend, adapter, FLAG_COUNT, document],
    isPinned,
  });
}

/** For each row the medians over the rounds, of the ratio as well. */
function summarise(runs) {
  return Object.fromEntries(
    Object.keys(ROWS).map((row) => {
      const of = (figure) => median(runs.map((run) => figure(run[row])));
      return [
        row,
        {
          offNs: of(({ offNs }) => offNs),
          onNs: of(({ onNs }) => onNs),
          ratio: Math.round(of(({ offNs, onNs }) => onNs / offNs) * 100) / 100,
        },
      ];
    }),
  );
}

function printReport({ backend, exposures: { adapters, targets } }, figures) {
  console.log(`\n${backend}: reading one flag, exposures off → on, and on ÷ off`);
  console.table(
    Object.fromEntries(
      Object.entries(ROWS).map(([row, label]) => [
        label,
        Object.fromEntries(adapters.map((adapter) => [adapter, shown(figures[adapter][row])])),
      ]),
    ),
  );
  const [subject] = adapters;
  return Object.entries(targets)
    .map(([row, most]) => {
      const { ratio } = figures[subject][row];
      const verdict = ratio <= most ? 'met    ' : 'NOT MET';
      console.log(`${verdict}  ${ROWS[row]}: at most ${most} × without exposures: ${ratio}`);
      return ratio <= most;
    })
    .every((isMet) => isMet);
}

function shown({ offNs, onNs, ratio }) {
  return `${offNs.toFixed(0)} → ${onNs.toFixed(0)} ns, ${ratio} ×`;
}
