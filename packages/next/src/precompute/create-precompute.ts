import type { Flags } from '../flags.ts';
import { pageAtBuild } from './at-build.ts';
import { pageInAdvance } from './in-page.ts';
import { pageInProxy } from './in-proxy.ts';
import type { PrecomputeOptions } from './page.ts';
import { type PageOrigin, pageParts } from './parts.ts';
import { readPrecomputeSettings } from './settings.ts';

/** Makes `flags.precompute`. What it is called with is checked then, and throws when it is wrong. */
export function createPrecompute(origin: PageOrigin): Flags['precompute'] {
  const { source } = origin.settings.clientOptions;
  const precompute = (defaults: unknown, options: PrecomputeOptions) => {
    const parts = pageParts(origin, readPrecomputeSettings(source, defaults, options));
    return { ...pageInProxy(parts), ...pageInAdvance(parts), ...pageAtBuild(parts) };
  };
  return precompute as Flags['precompute'];
}
