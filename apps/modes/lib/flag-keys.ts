/** One flag for each place that reads one, named for it: what is counted says where it was read. */
export const FLAG_KEYS = [
  'root-not-found',
  'layout-get',
  'page-get',
  'page-get-and-expose',
  'gate',
  'use-flag',
  'beside-late',
  'late-get',
  'late-gate',
  'beside-slow',
  'slow-get',
  'metadata',
  'strict-gate',
  'strict-use-flag',
  'redirecting-get',
  'redirecting-gate',
  'throwing-get',
  'throwing-gate',
  'gate-around-throwing',
  'missing-get',
  'missing-gate',
  'not-found-get',
  'not-found-gate',
  'beside-late-redirect',
  'late-redirect-get',
  'beside-late-throw',
  'late-throw-get',
  'late-throw-gate',
  'action',
  'action-redirect',
  'action-throw',
  'page-of-action',
  'handler',
  'proxy',
  'static-get',
  'static-use-flag',
  'isr-get',
  'isr-use-flag',
  'precomputed-use-flag',
  'settled',
] as const;

/** Is of one shade for half of the visitors, and of another for the others. */
export const SHADE_FLAG = 'shade';

/** A flag of the server's alone. */
export const SERVER_FLAG = 'server-gate';
