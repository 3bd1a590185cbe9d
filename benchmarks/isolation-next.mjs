// The same as isolation.mjs within Next.js: `next build` once, then `next start` for each SDK, asked over HTTP. A
// table, and results/isolation-next.json. Ends with code 1 where Halyard shows a single value that is not the
// visitor's own. ISOLATION_BUILT=1 trusts the build that is there.
import { report } from './isolation/report.mjs';
import { ROSTER } from './isolation/roster.mjs';
import { visitAll } from './isolation/visits.mjs';
import { formOf } from './isolation-next/form.mjs';
import { build, withServer } from './isolation-next/server.mjs';

/** What applications on Next do as well. Effects run in browsers only, so what the server renders is for nobody. */
const IN_AN_EFFECT = [
  'OpenFeature react-sdk, setContext in an effect',
  'openfeature',
  { hooks: 'effect' },
];

if (process.env.ISOLATION_BUILT !== '1') build();
const results = [];
for (const [name, ...subject] of [...ROSTER, IN_AN_EFFECT]) {
  const counts = await withServer(subject, async (url) => visitAll(url, await formOf(url)));
  console.error(`${name}: ${JSON.stringify(counts)}`);
  results.push({ name, subject: subject[0], ...counts });
}
report('isolation-next', results);
