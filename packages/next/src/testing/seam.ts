import { processSlot } from '../process/process-slot.ts';
import type { ServedFlags } from '../request/served-flags.ts';
import type { Settings } from '../settings.ts';

/** What a running test has put in place of an application's backend. */
export interface TestScope {
  /** The flags as the test has stated them, for the application with these settings. */
  flagsOf(settings: Settings): ServedFlags;
}

/** Whether the code at hand runs within a test's `withFlags()`. */
export function isTested(): boolean {
  return processSlot().tests?.getStore() !== undefined;
}

/**
 * The application's flags; in code that runs within `withFlags()` of `@halyard/next/testing`, those of
 * the test. All that a server pays for it is one look at the process's slot per read, which is empty
 * until a test fills it.
 */
export function unlessTested(settings: Settings, served: ServedFlags): ServedFlags {
  const now = () => processSlot().tests?.getStore()?.flagsOf(settings) ?? served;
  const answerMap = (request: Request) => now().handlers.GET(request);
  const takeReport = (request: Request) => now().handlers.POST(request);
  return {
    get: (key, defaultValue, options) => now().get(key, defaultValue, options),
    details: (key, defaultValue, options) => now().details(key, defaultValue, options),
    all: () => now().all(),
    explain: (key) => now().explain(key),
    hydrate: () => now().hydrate(),
    currentVisit: () => now().currentVisit(),
    handlers: { GET: answerMap, POST: takeReport },
    get client() {
      return now().client;
    },
  };
}
