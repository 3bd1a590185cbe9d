import { fileURLToPath } from 'node:url';

/** How Next renders: without cached components, with them, and with partial prefetching as well. */
export const MODES = ['classic', 'cached', 'partial'] as const;

export type Mode = (typeof MODES)[number];

/** The application's folder. */
export const APP = fileURLToPath(new URL('../../', import.meta.url));

/** Where a build keeps what it counted itself: JSON, a list of exposures. */
export function buildExposuresFile(mode: Mode): string {
  return `${APP}.next/${mode}/exposures-of-build.json`;
}
