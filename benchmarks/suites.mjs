const flagdDocument = new URL('./adapters/flagd/document.mjs', import.meta.url).href;

/**
 * What is measured, and what must hold. `limit` is the hand-written evaluator, `peer` the vendor's
 * SDK; a target is the most our figure may be of the limit's, and the least the peer's may be of ours.
 */
export const SUITES = [
  {
    backend: 'flagd',
    document: flagdDocument,
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
  },
];
