export { createFlags } from './create-flags.ts';
export { afterResponse } from './exposures/after-response.ts';
export type * from './flags.ts';
export type * from './precompute/page.ts';
export {
  type PathSegmentOptions,
  pathSegment,
  type VariantTransport,
} from './precompute/transport.ts';
