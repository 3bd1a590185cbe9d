const ROWS = [
  ['oneNs', 'one flag, fresh context', ns],
  ['againNs', 'again, same context', ns],
  ['allNs', 'all flags, fresh context', ns],
  ['compileMs', 'text → ruleset', ms],
  ['coldMs', 'text → every flag read once', ms],
  ['parseMs', 'JSON.parse alone', ms],
  ['heapMiB', 'definitions on the heap', mib],
  ['heapReadMiB', 'definitions, every flag read', mib],
];

/** What a figure of ours is compared with, and how a target says it. */
const COMPARISONS = {
  ofLimit: {
    of: ({ ours, limit }) => ours / limit,
    column: ({ subject, limit }) => `${subject} ÷ ${limit}`,
    target: (most, { limit }) => `at most ${most} × ${limit}`,
    isMet: (ratio, most) => ratio <= most,
  },
  ofParse: {
    of: ({ ours, parse }) => ours / parse,
    column: ({ subject }) => `${subject} ÷ JSON.parse`,
    target: (most) => `at most ${most} × JSON.parse alone, in the same process`,
    isMet: (ratio, most) => ratio <= most,
  },
  fasterThanPeer: {
    of: ({ ours, peer }) => peer / ours,
    column: ({ subject, peer }) => `${peer} ÷ ${subject}`,
    target: (least, { peer }) => `at least ${least} × faster than ${peer}`,
    isMet: (ratio, least) => ratio >= least,
  },
};

/** Each figure of ours over the limit's, over the parse it contains, and the peer's over ours. */
export function ratiosOf({ subject, limit, peer }, figures) {
  const ratios = (figure) => {
    const measured = {
      ours: figures[subject][figure],
      limit: figures[limit][figure],
      peer: figures[peer][figure],
      parse: PARSING.includes(figure) ? figures[subject].parseMs : undefined,
    };
    return Object.fromEntries(
      Object.entries(COMPARISONS).map(([name, { of }]) => [name, round(of(measured))]),
    );
  };
  return Object.fromEntries(ROWS.map(([figure]) => [figure, ratios(figure)]));
}

/** The figures that contain a parse of the document. */
const PARSING = ['compileMs', 'coldMs'];

/** Prints the table and the verdict on every target; returns whether all are met. */
export function printReport(suite, { flagCount, figures, ratios }) {
  console.log(`\n${suite.backend}, ${flagCount} flags (same answers from every adapter)`);
  console.table(
    Object.fromEntries(
      ROWS.map(([figure, label, show]) => [
        label,
        {
          ...Object.fromEntries(
            suite.adapters.map((adapter) => [adapter, shown(figures[adapter][figure], show)]),
          ),
          ...Object.fromEntries(
            Object.entries(COMPARISONS).map(([name, { column }]) => [
              column(suite),
              ratios[figure][name] ?? '–',
            ]),
          ),
        },
      ]),
    ),
  );
  return Object.entries(suite.targets)
    .flatMap(([figure, targets]) => verdicts(suite, { figure, targets, ratios: ratios[figure] }))
    .every((isMet) => isMet);
}

function verdicts(suite, { figure, targets, ratios }) {
  const [, label] = ROWS.find(([name]) => name === figure);
  return Object.entries(targets).map(([name, wanted]) => {
    const { target, isMet } = COMPARISONS[name];
    const met = isMet(ratios[name], wanted);
    const words = `${label}: ${target(wanted, suite)}`;
    console.log(`${met ? 'met    ' : 'NOT MET'}  ${words}: ${ratios[name]}`);
    return met;
  });
}

function shown(value, show) {
  return value === undefined ? '–' : show(value);
}

function ns(value) {
  return value < 10_000 ? `${value.toFixed(0)} ns` : `${(value / 1000).toFixed(1)} µs`;
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

function mib(value) {
  return `${value.toFixed(2)} MiB`;
}

/** Undefined where one of the two has no such figure. */
function round(value) {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : undefined;
}
