'use client';

import { type FlagsRefreshOptions, useFlagsRefresh } from './use-flags-refresh.ts';

/** {@link useFlagsRefresh} as a component that renders nothing. Place it inside `FlagsProvider`. */
export function FlagsRefresh(options: FlagsRefreshOptions): null {
  useFlagsRefresh(options);
  return null;
}
