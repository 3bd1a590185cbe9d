const ROWS = [
  ['oneNs', 'one flag, fresh context', ns],
  ['againNs', 'again, same context', ns],
  ['allNs', 'all flags, fresh context', ns],
  ['compileMs', 'text → ruleset', ms],
  ['coldMs', 'text → every flag read once', ms],
  ['parseMs', 'JSON.parse alone', ms],
  ['heapMiB', 'definitions on the heap', (value) => `${value.toFixed(2)} MiB`],
];

/** Each figure of ours over the limit's, and the peer's over ours. */
export function ratiosOf({ subject, limit, peer }, figures) {
  return Object.fromEntries(
    ROWS.map(([figure]) => [
      figure,
      {
        ofLimit: round(figures[subject][figure] / figures[limit][figure]),
        fasterThanPeer: round(figures[peer][figure] / figures[subject][figure]),
      },
    ]),
  );
}

/** Prints the table and the verdict on every target; returns whether all are met. */
export function printReport(suite, { flagCount, figures, ratios }) {
  console.log(`\n${suite.backend}, ${flagCount} flags (same answers from every adapter)`);
  console.table(
    Object.fromEntries(
      ROWS.map(([figure, label, show]) => [
        label,
        {
          ...Object.fromEntries(
            suite.adapters.map((adapter) => [
              adapter,
              figures[adapter][figure] === undefined ? '–' : show(figures[adapter][figure]),
            ]),
          ),
          [`${suite.subject} ÷ ${suite.limit}`]: ratios[figure].ofLimit ?? '–',
          [`${suite.peer} ÷ ${suite.subject}`]: ratios[figure].fasterThanPeer ?? '–',
        },
      ]),
    ),
  );
  let met = true;
  for (const [figure, { ofLimit, fasterThanPeer }] of Object.entries(suite.targets)) {
    const label = ROWS.find(([name]) => name === figure)[1];
    met =
      verdict(
        `${label}: at most ${ofLimit} × ${suite.limit}`,
        ratios[figure].ofLimit,
        (r) => r <= ofLimit,
      ) && met;
    if (fasterThanPeer === undefined) continue;
    met =
      verdict(
        `${label}: at least ${fasterThanPeer} × faster than ${suite.peer}`,
        ratios[figure].fasterThanPeer,
        (r) => r >= fasterThanPeer,
      ) && met;
  }
  return met;
}

function verdict(target, ratio, holds) {
  console.log(`${holds(ratio) ? 'met    ' : 'NOT MET'}  ${target}: ${ratio}`);
  return holds(ratio);
}

function ns(value) {
  return value < 10_000 ? `${value.toFixed(0)} ns` : `${(value / 1000).toFixed(1)} µs`;
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

/** Undefined where one of the two has no such figure. */
function round(value) {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : undefined;
}
