'use client';

import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { createExposureReporter } from './exposure-reporter.ts';
import { FlagsContext } from './flags-context.ts';
import { createFlagStore, type FlagsInput } from './store.ts';

/** Props of {@link FlagsProvider}. */
export interface FlagsProviderProps {
  /**
   * The visitor's values, or a promise of them. With a promise, only the components that read a flag
   * wait (in the nearest Suspense boundary); a rejected one leaves the defaults, with reason ERROR.
   * A new value updates the readers without showing defaults or fallbacks in between.
   */
  readonly value: FlagsInput;
  /**
   * The path of the route that answers the visitor's map and takes exposures, Next's `basePath`
   * included. Default: `/api/flags`.
   */
  readonly endpoint?: string;
  /**
   * Whether flags count as exposed when a component that reads them mounts, such as whether the visitor
   * agrees to it. Once it becomes true, what is on the page counts. Default: true.
   */
  readonly exposures?: boolean;
  readonly children?: ReactNode;
}

/** Gives flags to the tree below: the server's values on first paint, live ones after it. */
export function FlagsProvider(props: FlagsProviderProps): ReactNode {
  const { value, endpoint = '/api/flags', exposures = true, children } = props;
  const [store] = useState(() => createFlagStore(value));
  const [reporter] = useState(() => createExposureReporter(store));
  // A layout effect comes before the browser paints, and before any reader's exposure effect.
  useLayoutEffect(() => store.follow(value));
  useEffect(() => reporter.listen(endpoint), [reporter, endpoint]);
  const scope = useMemo(
    () => ({ store, endpoint, expose: exposures ? reporter.expose : undefined }),
    [store, reporter, endpoint, exposures],
  );
  return <FlagsContext value={scope}>{children}</FlagsContext>;
}
