export { createFlags } from './create-flags.ts';
export { afterResponse } from './exposures/after-response.ts';
export type * from './flags.ts';
