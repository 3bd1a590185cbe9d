'use client';

import { use, useSyncExternalStore } from 'react';
import type { FlagsScope } from './flags-context.ts';
import type { FlagsState } from './store.ts';

/**
 * Selects from the provider's state and re-renders when the selection changes; undefined state means
 * no provider. Waits here, at the leaf, while the provider's promise is pending. Hydration sees the
 * values the server rendered with, even when newer ones have arrived; it switches right after.
 */
export function useFlagsState<T>(
  scope: FlagsScope | undefined,
  select: (state: FlagsState | undefined) => T,
): T {
  const store = scope?.store;
  if (store?.ready) use(store.ready);
  return useSyncExternalStore(
    store?.subscribe ?? subscribeToNothing,
    () => select(store?.live),
    () => select(store?.initial),
  );
}

const subscribeToNothing = () => () => {};
