'use client';

import type { FlagKey, FlagType, FlagValue, ResolutionReason } from '@halyard/core';
import { type BootstrapFlag, encodeBootstrap, type FlagsBootstrap } from '@halyard/core/bootstrap';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { FlagsContext } from '../flags-context.ts';
import { createFlagStore } from '../store.ts';

/** A flag with more than its value. */
export interface TestFlag<T = FlagValue> {
  readonly value: T;
  readonly variant?: string;
  /** Default: STATIC. */
  readonly reason?: ResolutionReason;
}

/** Flags by key: a value, or `{ value, variant, reason }`. */
export type TestFlags = {
  readonly [K in FlagKey]?: FlagType<K, FlagValue> | TestFlag<FlagType<K, FlagValue>>;
};

/** Props of {@link TestFlagsProvider}. */
export interface TestFlagsProviderProps {
  readonly flags: TestFlags;
  /** Called for each exposure, once per flag and variant. Nothing is ever sent. */
  readonly onExpose?: (key: string, flag: BootstrapFlag) => void;
  readonly children?: ReactNode;
}

/** Gives a component under test its flags. Rendered again with other flags, it updates the readers. */
export function TestFlagsProvider({ flags, onExpose, children }: TestFlagsProviderProps) {
  const [store] = useState(() => createFlagStore(toBootstrap(flags)));
  const [seen] = useState(() => new Set<string>());
  const listener = useRef(onExpose);
  useLayoutEffect(() => {
    listener.current = onExpose;
    store.follow(toBootstrap(flags));
  });
  const scope = useMemo(
    () => ({
      store,
      endpoint: '/api/flags',
      expose(key: string) {
        const flag = store.get(key);
        const token = JSON.stringify([key, flag?.variant ?? flag?.value]);
        if (!flag || seen.has(token)) return;
        seen.add(token);
        listener.current?.(key, flag);
      },
    }),
    [store, seen],
  );
  return <FlagsContext value={scope}>{children}</FlagsContext>;
}

function toBootstrap(flags: TestFlags): FlagsBootstrap {
  const resolutions = Object.entries<FlagValue | TestFlag>(flags as Record<string, FlagValue>).map(
    ([key, flag]) =>
      [key, { reason: 'STATIC', ...(isDetailed(flag) ? flag : { value: flag }) }] as const,
  );
  return encodeBootstrap('test', resolutions);
}

/** An object with `value` and nothing that a detailed flag does not have. */
function isDetailed(flag: FlagValue | TestFlag): flag is TestFlag {
  if (typeof flag !== 'object' || flag === null || !Object.hasOwn(flag, 'value')) return false;
  return Object.keys(flag).every((key) => ['value', 'variant', 'reason'].includes(key));
}
