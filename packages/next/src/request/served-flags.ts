import type { FlagClient } from '@halyard/server';
import { createHandlers } from '../endpoint/handlers.ts';
import type { Flags } from '../flags.ts';
import type { Settings } from '../settings.ts';
import { createReads } from './reads.ts';
import type { Visit } from './visits.ts';

/** The part of an application's flags that answers with values. */
export type ServedFlags = Pick<
  Flags,
  'get' | 'details' | 'all' | 'explain' | 'hydrate' | 'handlers' | 'client'
> &
  Pick<FlagsOrigin, 'currentVisit'>;

/** Where the values come from. */
export interface FlagsOrigin {
  /** The visitor of whoever asks now. */
  readonly currentVisit: () => Promise<Visit>;
  readonly client: () => FlagClient;
}

/** What answers with the values of the visitor who asks. */
export function servedFlags(
  settings: Settings,
  { currentVisit, client }: FlagsOrigin,
): ServedFlags {
  return {
    ...createReads(settings, currentVisit),
    currentVisit,
    handlers: createHandlers(settings, currentVisit),
    get client() {
      return client();
    },
  };
}
