// Who shows a visitor what is another's: the same 2,000 requests of 200 visitors to an application that renders
// with React and streams, once for each SDK. A table, and results/isolation.json. Ends with code 1 where Halyard
// shows a single value that is not the visitor's own.
import { fileURLToPath } from 'node:url';
import { figuresOf } from './measured-process.mjs';
import { saveResults } from './save-results.mjs';

const WORKER = fileURLToPath(new URL('./isolation/worker.mjs', import.meta.url));
const ON_ALL_BACKENDS = ['flagd', 'flagsmith', 'mixpanel', 'posthog'];

/** Each is a file of isolation/subjects, with its options. */
const SUBJECTS = [
  ...ON_ALL_BACKENDS.map((backend) => [
    `Halyard on ${backend}, useFlag`,
    'halyard',
    { backend, hooks: 'native', hasOverrides: true },
  ]),
  ['Halyard on flagd, OpenFeature’s hooks', 'halyard', { backend: 'flagd', hooks: 'openfeature' }],
  ['flagd-core', 'server-sdk', { backend: 'flagd', adapter: 'flagd-core' }],
  ['flagsmith-nodejs', 'server-sdk', { backend: 'flagsmith', adapter: 'flagsmith-nodejs' }],
  [
    'flagsmith-nodejs, identity overrides',
    'server-sdk',
    { backend: 'flagsmith', adapter: 'flagsmith-nodejs', hasOverrides: true },
  ],
  ['mixpanel', 'server-sdk', { backend: 'mixpanel', adapter: 'mixpanel' }],
  ['posthog-node', 'server-sdk', { backend: 'posthog', adapter: 'posthog-node' }],
  ['OpenFeature server-sdk', 'openfeature', { hooks: 'none' }],
  ['OpenFeature react-sdk, setContext', 'openfeature', { hooks: 'context' }],
  ['OpenFeature react-sdk, setProvider', 'openfeature', { hooks: 'provider' }],
  ['OpenFeature react-sdk, a domain each', 'openfeature', { hooks: 'domain' }],
];

const results = SUBJECTS.map(([name, subject, options]) => {
  const counts = figuresOf(WORKER, { what: name, parameters: [subject, JSON.stringify(options)] });
  console.error(`${name}: ${JSON.stringify(counts)}`);
  return { name, subject, ...counts };
});
saveResults('isolation', { results });
console.table(
  Object.fromEntries(
    results.map(({ name, requests, badges, foreign, outdated, missing }) => [
      name,
      {
        requests,
        values: badges,
        'another visitor’s': foreign,
        'of an earlier request': outdated,
        missing,
      },
    ]),
  ),
);
const isFaulty = ({ foreign, outdated, missing }) => foreign + outdated + missing > 0;
const faulty = results.filter((result) => result.subject === 'halyard' && isFaulty(result));
for (const { name } of faulty)
  console.error(`NOT MET  ${name}: every value must be the visitor’s own`);
process.exitCode = faulty.length === 0 ? 0 : 1;
