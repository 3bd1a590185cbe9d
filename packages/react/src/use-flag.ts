'use client';

import type { FlagDefault, FlagKey, FlagType } from '@halyard/core';
import { use, useEffect } from 'react';
import { type FlagQuery, toFlagQuery } from './flag-query.ts';
import { FlagsContext } from './flags-context.ts';
import type { FlagsFailure } from './store.ts';
import { useFlagsState } from './use-flags-state.ts';

/** Options of {@link useFlag}. */
export interface UseFlagOptions {
  /** Whether mounting counts as an exposure. Default: true. */
  readonly expose?: boolean;
}

const NO_PROVIDER: FlagsFailure = {
  errorCode: 'PROVIDER_NOT_READY',
  errorMessage: 'no FlagsProvider above',
};

/**
 * Reads a flag: the server's value while the page hydrates, the live one after. Re-renders only when
 * this flag changes, and counts as an exposure once the component has mounted. Suspends while the
 * provider's promise is pending. Never throws: what is wrong ends in the default, with an error code.
 */
export function useFlag<K extends FlagKey, D extends FlagDefault<K>>(
  key: K,
  defaultValue: D,
  options?: UseFlagOptions,
): FlagQuery<FlagType<K, D>> {
  const scope = use(FlagsContext);
  const found = useFlagsState(scope, (state) =>
    state ? (state.flags.get(key) ?? state.failure) : NO_PROVIDER,
  );
  const query = toFlagQuery(key, defaultValue, found);
  // A visitor who was shown the default was not shown the flag.
  const exposed = !query.isError && options?.expose !== false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another variant is another exposure
  useEffect(() => {
    if (exposed) scope?.expose?.(key);
  }, [scope, key, exposed, found]);
  return query as FlagQuery<FlagType<K, D>>;
}

/** Reads a flag's value. Everything {@link useFlag} says holds. */
export function useFlagValue<K extends FlagKey, D extends FlagDefault<K>>(
  key: K,
  defaultValue: D,
  options?: UseFlagOptions,
): FlagType<K, D> {
  return useFlag(key, defaultValue, options).value;
}
