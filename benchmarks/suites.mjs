const documentOf = (backend) => new URL(`./adapters/${backend}/document.mjs`, import.meta.url).href;

/**
 * What is measured, and what must hold. `limit` is the hand-written evaluator, `peer` the vendor's
 * SDK. A target is the most our figure may be of the limit's (`ofLimit`) or of JSON.parse on the same
 * document in the same process (`ofParse`), and the least the peer's may be of ours. `refreshing` are
 * the adapters that can refresh over HTTP: see refresh-stall.mjs. `exposures` are those that can count
 * what is read, ours first, and the most a read may take of one that is not counted: see exposures.mjs.
 * `openFeature` is the adapter whose source is read through OpenFeature's SDK, and the most that may take of
 * the SDK with a provider that does nothing: see openfeature.mjs. `executors` says where flags may be
 * evaluated, and the most a read may take while exposures are sent: see executors.mjs.
 * `isPinned` keeps each process on one core, for all adapters alike.
 */
export const SUITES = [
  {
    backend: 'flagd',
    document: documentOf('flagd'),
    flagCounts: [438, 5000],
    adapters: ['hand-written', 'halyard', 'halyard-client', 'flagd-core'],
    subject: 'halyard',
    limit: 'hand-written',
    peer: 'flagd-core',
    targets: {
      oneNs: { ofLimit: 2, fasterThanPeer: 2.5 },
      allNs: { ofLimit: 2.5, fasterThanPeer: 5 },
      compileMs: { ofLimit: 1.5 },
    },
    refreshing: ['halyard-client', 'flagd-core'],
  },
  {
    backend: 'flagsmith',
    document: documentOf('flagsmith'),
    flagCounts: [438, 5000],
    adapters: ['hand-written', 'halyard', 'halyard-client', 'flagsmith-nodejs'],
    subject: 'halyard',
    limit: 'hand-written',
    peer: 'flagsmith-nodejs',
    targets: {
      oneNs: { ofLimit: 2, fasterThanPeer: 3000 },
      allNs: { ofLimit: 2.5, fasterThanPeer: 30 },
      compileMs: { ofParse: 1.5 },
    },
    refreshing: ['halyard-client', 'flagsmith-nodejs'],
  },
  {
    backend: 'posthog',
    document: documentOf('posthog'),
    flagCounts: [438, 5000],
    adapters: ['hand-written', 'halyard', 'halyard-client', 'posthog-node'],
    subject: 'halyard',
    limit: 'hand-written',
    peer: 'posthog-node',
    // posthog-node hashes on other threads, and takes two to three times as long across cores.
    isPinned: true,
    targets: {
      oneNs: { ofLimit: 2, fasterThanPeer: 80 },
      allNs: { ofLimit: 2.5, fasterThanPeer: 300 },
      compileMs: { ofParse: 1.5 },
    },
    exposures: {
      adapters: ['halyard-client', 'posthog-node'],
      targets: { counted: 1.2 },
    },
    refreshing: ['halyard-client', 'posthog-node'],
  },
  {
    backend: 'mixpanel',
    document: documentOf('mixpanel'),
    flagCounts: [438, 5000],
    adapters: ['hand-written', 'halyard', 'halyard-client', 'mixpanel'],
    subject: 'halyard',
    limit: 'hand-written',
    peer: 'mixpanel',
    targets: {
      oneNs: { ofLimit: 2, fasterThanPeer: 40 },
      allNs: { ofLimit: 2.5, fasterThanPeer: 150 },
      compileMs: { ofParse: 1.5 },
    },
    exposures: {
      adapters: ['halyard-client', 'mixpanel'],
      targets: { counted: 1.2 },
    },
    refreshing: ['halyard-client', 'mixpanel'],
    openFeature: { adapter: 'halyard-client', targets: { ofNoOp: 1.3 } },
    executors: { evaluations: ['local', 'remote'], targets: { background: 1.2 } },
  },
];

/** The suites of these backends; all of them when none is named. */
export function suitesNamed(backends) {
  const unknown = backends.filter((name) => !SUITES.some(({ backend }) => backend === name));
  if (unknown.length > 0) {
    const known = SUITES.map(({ backend }) => backend).join(', ');
    throw new Error(`No such backend: ${unknown.join(', ')}. There is: ${known}.`);
  }
  return SUITES.filter(({ backend }) => backends.length === 0 || backends.includes(backend));
}
