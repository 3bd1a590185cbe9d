'use client';

import type { FlagDefault, FlagKey, FlagType, FlagValue } from '@halyard/core';
import type { ReactNode } from 'react';
import type { FlagQuery } from './flag-query.ts';
import { useFlag } from './use-flag.ts';

/** What {@link Flag} shows: nodes, or a function of the flag. */
export type FlagContent<T> = ReactNode | ((query: FlagQuery<T | undefined>) => ReactNode);

/** Props of {@link Flag}. */
export interface FlagProps<K extends FlagKey> {
  readonly flagKey: K;
  /** The value that shows the children. Default: any but false, null, 0 and the empty string. */
  readonly match?: FlagType<K, FlagValue>;
  /** Shown when the flag does not match or cannot be read. Default: nothing. */
  readonly fallback?: FlagContent<FlagType<K, FlagValue>>;
  readonly children?: FlagContent<FlagType<K, FlagValue>>;
  /** Whether mounting counts as an exposure. Default: true. */
  readonly expose?: boolean;
}

/** Shows its children when a flag is on, or has the value `match`; else the fallback. */
export function Flag<K extends FlagKey>(props: FlagProps<K>): ReactNode {
  const { flagKey, match, fallback, children, expose } = props;
  // Without a default, a value of any type is taken as it is.
  const query = useFlag(flagKey, undefined as FlagDefault<K>, { expose }) as FlagQuery<
    FlagType<K, FlagValue> | undefined
  >;
  const shown =
    match === undefined
      ? Boolean(query.value)
      : JSON.stringify(query.value) === JSON.stringify(match);
  const content = shown ? children : fallback;
  return typeof content === 'function' ? content(query) : content;
}
