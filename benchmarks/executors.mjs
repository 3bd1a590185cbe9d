// Whether reads wait for their exposures while the backend takes its time to answer them: those of a client
// with inline() do, those of one with background() or afterResponse() do not. Each in a process of its own,
// within requests as Next has them, as ratios to a client without exposures. A table, and JSON in
// benchmarks/results.
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { figuresOf } from './measured-process.mjs';
import { saveResults } from './save-results.mjs';
import { suitesNamed } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const FLAG_COUNT = 438;
/** What the backend takes to answer an event. */
const TRACKING_MS = 500;
const READS = { none: 5000, background: 5000, afterResponse: 5000, inline: 5 };
/** Those that no read waits for. */
const PATIENT = ['background', 'afterResponse'];
const WORKER = fileURLToPath(new URL('./executors/worker.mjs', import.meta.url));

let met = true;
for (const suite of suitesNamed(process.argv.slice(2))) {
  if (suite.executors === undefined) continue;
  const { evaluations } = suite.executors;
  const figures = Object.fromEntries(evaluations.map((one) => [one, measure(suite, one)]));
  const results = { backend: suite.backend, rounds: ROUNDS, trackingMs: TRACKING_MS, figures };
  saveResults(`${suite.backend}-executors`, results);
  for (const evaluation of evaluations) {
    met = printReport(suite, evaluation, figures[evaluation]) && met;
  }
}
process.exitCode = met ? 0 : 1;

/** By executor, the milliseconds of a read, as a rule and at worst; the executors take turns. */
function measure(suite, evaluation) {
  const samples = Object.fromEntries(Object.keys(READS).map((executor) => [executor, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const executor in samples) samples[executor].push(sample(suite, evaluation, executor));
  }
  return Object.fromEntries(
    Object.entries(samples).map(([executor, runs]) => [
      executor,
      {
        usual: median(runs.map((run) => run.usual)),
        longest: Math.max(...runs.map((run) => run.longest)),
      },
    ]),
  );
}

function sample({ backend, document }, evaluation, executor) {
  return figuresOf(WORKER, {
    what: `${backend}, ${evaluation} evaluation, exposures: ${executor}`,
    parameters: [backend, FLAG_COUNT, document, evaluation, executor, TRACKING_MS, READS[executor]],
  });
}

function printReport({ backend, executors: { targets } }, evaluation, figures) {
  console.log(`\n${backend}, ${evaluation} evaluation: a read while events take ${TRACKING_MS} ms`);
  console.table(
    Object.fromEntries(
      Object.entries(figures).map(([executor, read]) => [
        executor === 'none' ? 'no exposures' : `${executor}()`,
        {
          'lower quartile': `${read.usual.toFixed(3)} ms`,
          longest: `${read.longest.toFixed(1)} ms`,
          'of no exposures': Math.round((read.usual / figures.none.usual) * 100) / 100,
        },
      ]),
    ),
  );
  const ratio = Math.round((figures.background.usual / figures.none.usual) * 100) / 100;
  return [
    verdict(figures.inline.usual >= TRACKING_MS, 'inline(): a read waits for its exposure'),
    ...PATIENT.map((executor) =>
      verdict(figures[executor].longest < TRACKING_MS, `${executor}(): no read waits for any`),
    ),
    verdict(
      ratio <= targets.background,
      `background(): at most ${targets.background} × a read without exposures: ${ratio}`,
    ),
  ].every((isMet) => isMet);
}

function verdict(isMet, words) {
  console.log(`${isMet ? 'met    ' : 'NOT MET'}  ${words}`);
  return isMet;
}
