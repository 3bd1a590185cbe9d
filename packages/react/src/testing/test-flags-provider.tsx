'use client';

import { type BootstrapFlag, encodeBootstrap, type FlagsBootstrap } from '@halyard/core/bootstrap';
import { type TestFlags, testResolutions } from '@halyard/core/test-flags';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { FlagsContext } from '../flags-context.ts';
import { createFlagStore } from '../store.ts';
import { observedStore } from './observed-store.ts';

/** Props of {@link TestFlagsProvider}. */
export interface TestFlagsProviderProps {
  readonly flags: TestFlags;
  /** Called for each read, while React renders, also of flags that were not given. */
  readonly onRead?: (key: string) => void;
  /** Called for each exposure, once per flag and variant. Nothing is ever sent. */
  readonly onExpose?: (key: string, flag: BootstrapFlag) => void;
  readonly children?: ReactNode;
}

/** Gives a component under test its flags. Rendered again with other flags, it updates the readers. */
export function TestFlagsProvider(props: TestFlagsProviderProps): ReactNode {
  const { flags, children } = props;
  const listeners = useRef(props);
  const [store] = useState(() =>
    observedStore(createFlagStore(toBootstrap(flags)), (key) => listeners.current.onRead?.(key)),
  );
  const [seen] = useState(() => new Set<string>());
  useLayoutEffect(() => {
    listeners.current = props;
    store.follow(toBootstrap(flags));
  });
  const scope = useMemo(
    () => ({
      store,
      endpoint: '/api/flags',
      expose(key: string) {
        const flag = store.get(key);
        const token = JSON.stringify([key, flag?.variant ?? flag?.value]);
        if (!flag || flag.reason === 'DISABLED' || seen.has(token)) return;
        seen.add(token);
        listeners.current.onExpose?.(key, flag);
      },
    }),
    [store, seen],
  );
  return <FlagsContext value={scope}>{children}</FlagsContext>;
}

function toBootstrap(flags: TestFlags): FlagsBootstrap {
  return encodeBootstrap('test', testResolutions(flags));
}
