'use client';

import type { FlagKey } from '@halyard/core';
import { use, useEffect } from 'react';
import { FlagsContext } from './flags-context.ts';

/** Props of {@link Expose}. */
export interface ExposeProps {
  /** The flags that server components beside this one have read. */
  readonly flags: readonly FlagKey[];
}

/**
 * Counts flags as exposed when it mounts, and again when their variant changes. Renders nothing. Place
 * it beside server components that read flags with `{ expose: false }`: only the browser knows whether
 * a prefetched page was ever shown. Flags that were not sent to the browser are ignored.
 */
export function Expose({ flags }: ExposeProps): null {
  const scope = use(FlagsContext);
  useEffect(() => {
    const exposeAll = () => {
      for (const key of flags) scope?.expose?.(key);
    };
    exposeAll();
    return scope?.store.subscribe(exposeAll);
  }, [scope, flags]);
  return null;
}
