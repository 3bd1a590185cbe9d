import { NextRequest } from 'next/server.js';
import type { NodeRequest } from '../flags.ts';
import { HOLD_AT_END } from '../process/ending.ts';
import { processSlot } from '../process/process-slot.ts';
import type { ClientHandle } from '../process/shared-client.ts';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';
import type { RequestData } from './request.ts';
import { openVisit, type Visit } from './visits.ts';

const NO_REQUEST =
  "flags.forRequest() was given no request of Node's with its headers. Give it `req` of getServerSideProps, of getInitialProps on the server or of an API route. In app/ read from flags itself, and where there is no request use flags.client.resolve(key, default, context).";

/**
 * Returns the function that finds the visit of a request that is given by hand, as the Pages Router has
 * it: nothing of what Next keeps for the App Router exists there. One request is one visit.
 */
export function createNodeVisits(
  settings: Settings,
  handle: ClientHandle,
): (request: NodeRequest) => Promise<Visit> {
  const visits = new WeakMap<object, Promise<Visit>>();
  /** There is no `after()`: what is to be done waits for the end of the response by itself. */
  const later = (task: () => Promise<void>) => {
    const { ending } = processSlot();
    const toTheEnd = async () => {
      await task();
      // What is handed over before that is sent by the drain.
      if (ending.isUnderWay) await handle.client().flush({ deadline: HOLD_AT_END });
    };
    ending.follow(toTheEnd());
  };
  return async (request) => {
    if (!isNodeRequest(request)) {
      warnOnce(settings.logger, NO_REQUEST);
      return { problem: NO_REQUEST };
    }
    const open = visits.get(request);
    if (open !== undefined) return open;
    const visit = openVisit(settings, handle, { ...dataOf(request), later });
    visits.set(request, visit);
    return visit;
  };
}

/** Whether it is what it is declared to be: a request of the web would seem to have no headers at all. */
function isNodeRequest(request: unknown): request is NodeRequest {
  const { headers } = Object(request) as { readonly headers?: unknown };
  return typeof headers === 'object' && headers !== null && !(headers instanceof Headers);
}

/** Next's own reading of cookies, so that they are the same here and in the App Router. */
function dataOf({ headers }: NodeRequest): RequestData {
  const copy = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    // Of Node's headers only `set-cookie` is a list, and no request has that. Names with a colon in
    // front are HTTP/2's own fields, such as `:path`, and no headers.
    if (typeof value === 'string' && !name.startsWith(':')) copy.set(name, value);
  }
  // The address is of no interest: only headers and cookies are read.
  const request = new NextRequest('http://localhost/', { headers: copy });
  return { headers: request.headers, cookies: request.cookies as never };
}
