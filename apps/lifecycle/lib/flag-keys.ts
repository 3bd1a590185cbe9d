/** One flag for each place that reads one, named for it. */
export const FLAG_KEYS = [
  'page',
  'metadata',
  'streamed',
  'handler',
  'action',
  'proxy',
  'endpoint',
  'legacy',
  'legacy-client',
  'cached',
  'made',
] as const;
