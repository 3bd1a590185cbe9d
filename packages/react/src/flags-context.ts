'use client';

import { createContext } from 'react';
import type { ShownFlag } from './exposure-reporter.ts';
import type { FlagStore } from './store.ts';

/** What a provider gives to the hooks below it. */
export interface FlagsScope {
  readonly store: FlagStore;
  /** The route that answers the visitor's map and takes exposures. */
  readonly endpoint: string;
  /** Counts the flag as shown to the visitor; undefined while exposures are off. For effects only. */
  readonly expose: ((key: string, shown?: ShownFlag) => void) | undefined;
}

/** The nearest provider's scope; undefined outside one. */
export const FlagsContext = createContext<FlagsScope | undefined>(undefined);
