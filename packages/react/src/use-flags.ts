'use client';

import type { FlagKey, FlagValue } from '@halyard/core';
import { use, useMemo } from 'react';
import { FlagsContext } from './flags-context.ts';
import { useFlagsState } from './use-flags-state.ts';

/** Flag values by key: the declared flags with their types, else any key. */
export type FlagValues = keyof HalyardFlags extends never
  ? Readonly<Record<string, FlagValue | undefined>>
  : { readonly [K in FlagKey]?: K extends keyof HalyardFlags ? HalyardFlags[K] : never };

/**
 * Every flag's value, for passing on or showing; the same object until a flag changes. Exposes
 * nothing: to act on a flag, read it with `useFlag`. Suspends while the provider's promise is pending.
 */
export function useFlags(): FlagValues {
  const flags = useFlagsState(use(FlagsContext), (state) => state?.flags);
  return useMemo(() => {
    // Without a prototype, so that `constructor` and its like are absent unless they are flags.
    const values: Record<string, FlagValue> = Object.create(null);
    for (const [key, { value }] of flags ?? []) values[key] = value;
    return values as FlagValues;
  }, [flags]);
}
