import { processSlot } from '../process/process-slot.ts';
import { purposeOf } from '../request/purpose.ts';
import { isRendering } from '../request/rendering.ts';
import type { RequestData } from '../request/request.ts';
import type { Outcome } from '../request/request-trace.ts';

/** Whether somebody sees what a request leads to. */
export interface Sight {
  /** False when it is certain before the response that nobody will, or that only the browser can tell. */
  readonly isPossible: boolean;
  /** What the end of the response says; resolves after it. Never rejects. */
  wasShown(): Promise<boolean>;
}

const NONE: Sight = { isPossible: false, wasShown: async () => false };

/**
 * What can be said of the request at hand. Of a page counts what a document shows, which has to arrive
 * whole and without a failure: what stands in the place of a redirect, an error or a "not found" was not
 * shown. Of anything else counts what an answer was decided by, a redirect included.
 *
 * Data for navigations within the browser does not count: some of it is fetched in advance, and says so
 * to nobody. There the browser counts what is mounted.
 */
export function sightOf({ headers }: RequestData): Sight {
  // Next gives a `force-static` page no headers at all: what it shows, it shows to everybody.
  const isStatic = headers.keys().next().done === true;
  if (isStatic || process.env.NEXT_PHASE === 'phase-production-build') return NONE;
  const trace = processSlot().tracing?.current();
  const isPage = isRendering();
  const purpose = trace?.purpose ?? purposeOf((name) => headers.get(name));
  if (purpose === 'speculation' || purpose === 'page-data') return NONE;
  if (isPage && purpose === 'action') return NONE;
  if (trace === undefined) {
    const isFetched = isPage && headers.get('sec-fetch-dest') === 'empty';
    return isFetched ? NONE : { isPossible: true, wasShown: async () => true };
  }
  if (isPage) trace.watchRender();
  const shows = isPage ? showsPage : isAnswered;
  return { isPossible: true, wasShown: async () => shows(await trace.outcome()) };
}

function showsPage({ status, complete, renderFailed }: Outcome): boolean {
  const isSuccess = (status >= 200 && status < 300) || status === 304;
  return isSuccess && complete && !renderFailed;
}

function isAnswered({ status, complete }: Outcome): boolean {
  return status < 400 && complete;
}
