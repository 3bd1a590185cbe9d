// The longest stall of the event loop during a refresh over HTTP: Halyard's runtime, the vendor's SDK
// and a bare fetch with JSON.parse, each against the same server. A table, and JSON in benchmarks/results;
// ratios are of the lower quartiles, since other processes only ever make a stall longer.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lowerQuartile, median } from './measure.mjs';
import { saveResults } from './save-results.mjs';
import { suitesNamed } from './suites.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const FLOOR = 'fetch + JSON.parse';
const ROWS = {
  changed: 'a changed document',
  firstRead: 'first read of all flags after it',
  notModified: 'unchanged, validators match',
  sameBytes: 'unchanged, same bytes again',
  nothing: 'no refresh at all',
};
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

for (const suite of suitesNamed(process.argv.slice(2))) {
  const results = suite.flagCounts.map((flagCount) => stallsOf(suite, flagCount));
  saveResults(`${suite.backend}-refresh`, { backend: suite.backend, rounds: ROUNDS, results });
  for (const result of results) printStalls(suite, result);
}

/** Every client in turn, in as many rounds, so that a busy minute hits them all. */
function stallsOf(suite, flagCount) {
  const clients = [
    ...suite.refreshing.map((name) => [name, pathOf(`./adapters/${suite.backend}/${name}.mjs`)]),
    [FLOOR, pathOf('./refresh-stall/fetch-and-parse.mjs')],
  ];
  const samples = new Map(clients.map(([name]) => [name, {}]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, module] of clients) {
      const sample = sampleOf({ module, suite, flagCount });
      const pooled = samples.get(name);
      for (const row in sample) pooled[row] = [...(pooled[row] ?? []), ...sample[row]];
    }
  }
  const stalls = Object.fromEntries([...samples].map(([name, rows]) => [name, spreadsOf(rows)]));
  return { flagCount, stalls, ratios: ratiosOf(suite, stalls) };
}

function ratiosOf({ refreshing: [ours, peer] }, stalls) {
  const over = (above, below, row) => round(stalls[above][row]?.p25 / stalls[below][row]?.p25);
  return Object.fromEntries(
    Object.keys(ROWS)
      .filter((row) => row !== 'nothing')
      .map((row) => [
        row,
        { ofFloor: over(ours, FLOOR, row), shorterThanPeer: over(peer, ours, row) },
      ]),
  );
}

/** One client's stalls in milliseconds, row by row, from a process of its own. */
function sampleOf({ module, suite, flagCount }) {
  const refreshes = flagCount > 1000 ? 10 : 20;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [pathOf('./refresh-stall/worker.mjs'), module, suite.document, `${flagCount}`, `${refreshes}`],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) throw new Error(`refreshing with ${module} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

function spreadsOf(rows) {
  const measured = Object.entries(rows).filter(([, stalls]) => stalls.length > 0);
  return Object.fromEntries(
    measured.map(([row, stalls]) => [
      row,
      { p25: lowerQuartile(stalls), p50: median(stalls), worst: Math.max(...stalls) },
    ]),
  );
}

function printStalls(suite, { flagCount, stalls, ratios }) {
  const [ours, peer] = suite.refreshing;
  console.log(
    `\n${suite.backend}, ${flagCount} flags: longest stall per refresh in ms, p25 / p50 / worst`,
  );
  console.table(
    Object.fromEntries(
      Object.entries(ROWS).map(([row, label]) => [
        label,
        {
          ...Object.fromEntries(
            Object.entries(stalls).map(([name, { [row]: stall }]) => [name, shown(stall)]),
          ),
          [`${ours} ÷ ${FLOOR}`]: ratios[row]?.ofFloor ?? '–',
          [`${peer} ÷ ${ours}`]: ratios[row]?.shorterThanPeer ?? '–',
        },
      ]),
    ),
  );
}

function shown(stall) {
  if (stall === undefined) return '–';
  return [stall.p25, stall.p50, stall.worst].map((ms) => ms.toFixed(2)).join(' / ');
}

/** Undefined where one of the two has no such figure. */
function round(value) {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : undefined;
}
