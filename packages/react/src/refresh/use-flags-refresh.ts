'use client';

import { use, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import useSWR from 'swr';
import { FlagsContext } from '../flags-context.ts';
import type { FlagStore } from '../store.ts';
import { answersOf, type FetchedFlags, fetchFlags } from './fetch-flags.ts';

/** Options of {@link useFlagsRefresh}. */
export interface FlagsRefreshOptions {
  /** Milliseconds between requests while the page is visible. Default: 0, no polling. */
  readonly interval?: number;
  /** Whether to ask again when the page regains focus (at most every 5 s). Default: true. */
  readonly focus?: boolean;
  /**
   * Called after an answer has changed the store, with the new version. Refresh what the server has
   * rendered here, for example with `router.refresh()`.
   */
  readonly onChange?: (version: string) => void;
}

/** What {@link useFlagsRefresh} returns. */
export interface FlagsRefreshState {
  /** Asks now. Resolves when the store has the answer; a failure ends up in `error`. */
  readonly refresh: () => Promise<void>;
  readonly isRefreshing: boolean;
  /** Why the last request failed; undefined after one that succeeded. The values stay. */
  readonly error: Error | undefined;
  /** The version of the definitions behind the live values. Empty until the page has hydrated. */
  readonly version: string;
}

/**
 * Keeps the provider's flags fresh from its endpoint: on focus, on reconnecting, at an interval, on
 * demand. Asks nothing on mount, unless the first values failed to arrive. Several in one page share
 * their requests. Failed requests are repeated, ever more slowly, and never given up.
 */
export function useFlagsRefresh(options: FlagsRefreshOptions = {}): FlagsRefreshState {
  const { interval = 0, focus = true, onChange } = options;
  const scope = use(FlagsContext);
  const store = scope?.store;
  const { data, error, isValidating, mutate } = useSWR<FetchedFlags, Error>(
    scope ? answersOf(scope.endpoint) : null,
    ([, endpoint]: readonly [string, string]) => fetchFlags(endpoint),
    { ...SWR_OPTIONS, refreshInterval: interval, revalidateOnFocus: focus },
  );
  const apply = useApply(store, data, onChange);
  useEffect(() => apply(data), [apply, data]);
  const refresh = useCallback(async () => apply(await mutate()), [apply, mutate]);

  const subscribe = store?.subscribe ?? subscribeToNothing;
  const version = useSyncExternalStore(
    subscribe,
    () => store?.live?.version ?? '',
    () => '',
  );
  const failed = useSyncExternalStore(
    subscribe,
    () => store?.live?.failure !== undefined,
    () => false,
  );
  useEffect(() => {
    if (failed) refresh();
  }, [failed, refresh]);
  return { refresh, isRefreshing: isValidating, error, version };
}

const SWR_OPTIONS = {
  // The page came with values; what the cache holds from before is older than they are.
  revalidateOnMount: false,
  revalidateIfStale: false,
  revalidateOnReconnect: true,
  // Requests in flight are shared; beyond that, the interval alone says how often to ask.
  dedupingInterval: 0,
  // Every answer counts, also one that equals the last: the store may have changed in between.
  compare: Object.is,
  // An application's own SWRConfig must not make this hook suspend.
  suspense: false,
};

const subscribeToNothing = () => () => {};

/**
 * Puts each answer into the store once, unless the store has changed since it was asked for. The first
 * of several components does that; each of them calls its own listener.
 */
function useApply(
  store: FlagStore | undefined,
  cached: FetchedFlags | undefined,
  onChange: FlagsRefreshOptions['onChange'],
): (data: FetchedFlags | undefined) => void {
  const applied = useRef(cached);
  const changedAt = useRef(0);
  const listener = useRef(onChange);
  useEffect(() => {
    listener.current = onChange;
  });
  useEffect(() => {
    // The server may have sent newer values (after an action, say) while a request was under way.
    const mark = () => {
      changedAt.current = performance.now();
    };
    mark();
    return store?.subscribe(mark);
  }, [store]);
  return useCallback(
    (data) => {
      if (!store || !data?.flags || data === applied.current) return;
      applied.current = data;
      const changed =
        data.outcomes.get(store) ??
        (data.requestedAt >= changedAt.current && store.update(data.flags));
      data.outcomes.set(store, changed);
      if (changed) listener.current?.(store.live?.version ?? '');
    },
    [store],
  );
}
