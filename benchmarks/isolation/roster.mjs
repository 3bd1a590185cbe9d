const ON_ALL_BACKENDS = ['flagd', 'flagsmith', 'mixpanel', 'posthog'];

/** Who is asked: a name, the file of `subjects/` that sets it up, and the options of that. */
export const ROSTER = [
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
