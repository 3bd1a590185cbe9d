// What reading one flag through OpenFeature's SDK costs: with Halyard's provider, with a provider that does
// nothing, and without the SDK. Each in a process of its own. A table, and JSON in benchmarks/results.
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { figuresOf } from './measured-process.mjs';
import { saveResults } from './save-results.mjs';
import { suitesNamed } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const FLAG_COUNT = 438;
const WAYS = {
  client: 'Halyard’s client',
  provider: 'OpenFeature, Halyard’s provider',
  'no-op': 'OpenFeature, a provider that does nothing',
};
const WORKER = fileURLToPath(new URL('./openfeature/worker.mjs', import.meta.url));

let met = true;
for (const suite of suitesNamed(process.argv.slice(2))) {
  if (suite.openFeature === undefined) continue;
  const figures = measure(suite);
  const ofNoOp = Math.round((figures.provider / figures['no-op']) * 100) / 100;
  const results = { backend: suite.backend, rounds: ROUNDS, figures, ofNoOp };
  saveResults(`${suite.backend}-openfeature`, results);
  met = printReport(suite, { figures, ofNoOp }) && met;
}
process.exitCode = met ? 0 : 1;

/** Nanoseconds by each way; the ways take turns, so that a busy minute hits them all. */
function measure(suite) {
  const samples = Object.fromEntries(Object.keys(WAYS).map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const way in samples) samples[way].push(sample(suite, way));
  }
  return Object.fromEntries(Object.entries(samples).map(([way, runs]) => [way, median(runs)]));
}

function sample({ backend, document, isPinned, openFeature: { adapter } }, way) {
  const { ns } = figuresOf(WORKER, {
    what: `${backend}/${adapter}, ${WAYS[way]}`,
    parameters: [backend, adapter, FLAG_COUNT, document, way],
    isPinned,
  });
  return ns;
}

function printReport({ backend, openFeature: { targets } }, { figures, ofNoOp }) {
  console.log(`\n${backend}: reading one flag, with OpenFeature and without`);
  console.table(
    Object.fromEntries(
      Object.entries(WAYS).map(([way, label]) => [
        label,
        {
          'per read': `${figures[way].toFixed(0)} ns`,
          'of doing nothing': Math.round((figures[way] / figures['no-op']) * 100) / 100,
        },
      ]),
    ),
  );
  const verdict = ofNoOp <= targets.ofNoOp ? 'met    ' : 'NOT MET';
  console.log(`${verdict}  at most ${targets.ofNoOp} × a provider that does nothing: ${ofNoOp}`);
  return ofNoOp <= targets.ofNoOp;
}
