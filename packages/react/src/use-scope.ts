'use client';

import type { FlagKey } from '@halyard/core';
import { use, useCallback } from 'react';
import { FlagsContext } from './flags-context.ts';
import type { FlagStore } from './store.ts';

/**
 * The store of the nearest provider, for bridges to other libraries; undefined outside one. Does not
 * suspend: see {@link FlagStore.ready}.
 */
export function useFlagStore(): FlagStore | undefined {
  return use(FlagsContext)?.store;
}

/**
 * What counts a flag as exposed, for when mounting is not the moment: an opened dialog, a scrolled-to
 * section. Call it from effects and event handlers; unknown keys are ignored, repeats count once.
 */
export function useExpose(): (key: FlagKey) => void {
  const scope = use(FlagsContext);
  return useCallback((key) => scope?.expose?.(key), [scope]);
}
