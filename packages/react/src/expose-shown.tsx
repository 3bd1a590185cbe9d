'use client';

import type { FlagValue } from '@halyard/core';
import { use, useEffect } from 'react';
import { FlagsContext } from './flags-context.ts';

/** Props of {@link ExposeShown}. */
export interface ExposeShownProps {
  readonly flagKey: string;
  /** What was shown: as the server has rendered it, whatever the page's own values say. */
  readonly value: FlagValue;
  readonly variant?: string;
}

/**
 * Counts one flag as exposed when it mounts, and again when it is rendered with another variant. Renders
 * nothing. `FlagGate` of `@halyard/next/gate` puts it beside what it shows.
 */
export function ExposeShown({ flagKey, value, variant }: ExposeShownProps): null {
  const scope = use(FlagsContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value may be an object, made anew each time
  useEffect(() => {
    scope?.expose?.(flagKey, { value, variant });
  }, [scope, flagKey, variant ?? JSON.stringify(value)]);
  return null;
}
