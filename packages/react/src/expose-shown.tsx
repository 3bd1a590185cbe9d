'use client';

import type { FlagValue } from '@halyard/core';
import { use, useEffect } from 'react';
import type { ShownFlag } from './exposure-reporter.ts';
import { FlagsContext } from './flags-context.ts';

/** Props of {@link ExposeShown}. */
export interface ExposeShownProps {
  readonly flagKey: string;
  /** What was shown: as the server has rendered it, whatever the page's own values say. */
  readonly value: FlagValue;
  readonly variant?: string;
}

/**
 * Counts one flag as exposed when it mounts, when it is rendered with another variant, and for the next
 * visitor to whom the flag comes out alike. Renders nothing. `FlagGate` of `@halyard/next/gate` puts it
 * beside what it shows.
 */
export function ExposeShown({ flagKey, value, variant }: ExposeShownProps): null {
  const scope = use(FlagsContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value may be an object, made anew each time
  useEffect(() => {
    const shown = { value, variant };
    scope?.expose?.(flagKey, shown);
    let visitor = scope?.store.live?.visitor;
    return scope?.store.subscribe(() => {
      const before = visitor;
      visitor = scope.store.live?.visitor;
      const flag = scope.store.get(flagKey);
      const isNext = before !== undefined && before !== visitor;
      if (isNext && flag && outcomeOf(flag) === outcomeOf(shown)) scope.expose?.(flagKey, shown);
    });
  }, [scope, flagKey, variant ?? JSON.stringify(value)]);
  return null;
}

function outcomeOf({ variant, value }: ShownFlag): string {
  return variant ?? JSON.stringify(value);
}
