// Who shows a visitor what is another's: the same 2,000 requests of 200 visitors to an application that renders
// with React and streams, once for each SDK. A table, and results/isolation.json. Ends with code 1 where Halyard
// shows a single value that is not the visitor's own.
import { fileURLToPath } from 'node:url';
import { report } from './isolation/report.mjs';
import { ROSTER } from './isolation/roster.mjs';
import { figuresOf } from './measured-process.mjs';

const WORKER = fileURLToPath(new URL('./isolation/worker.mjs', import.meta.url));

const results = ROSTER.map(([name, subject, options]) => {
  const counts = figuresOf(WORKER, { what: name, parameters: [subject, JSON.stringify(options)] });
  console.error(`${name}: ${JSON.stringify(counts)}`);
  return { name, subject, ...counts };
});
report('isolation', results);
