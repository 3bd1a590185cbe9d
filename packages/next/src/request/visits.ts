import { type EvaluationContext, messageOf } from '@halyard/core';
import type { ClientSnapshot } from '@halyard/server';
import { type Counting, type CountingOptions, countingOf } from '../exposures/counting.ts';
import { sightOf } from '../exposures/sight.ts';
import { overriddenSnapshot } from '../overrides/overridden-snapshot.ts';
import { processSlot } from '../process/process-slot.ts';
import type { ClientHandle } from '../process/shared-client.ts';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';
import { refuseInCachedFunction } from './cache-scope.ts';
import { rethrowFrameworkSignal } from './framework-signals.ts';
import { identifyVisitor } from './identity.ts';
import { cookieText, identifyRequest, type RequestData, readRequest } from './request.ts';

/** One request's visitor: their flags, or why they are not known. */
export type Visit =
  | (Counting & { readonly snapshot: ClientSnapshot; readonly problem?: undefined })
  | { readonly snapshot?: undefined; readonly withholds?: undefined; readonly problem: string };

/** What a request's visit was opened for. */
interface OpenVisit {
  readonly cookies: RequestData['cookies'];
  readonly cookieText: string;
  readonly visit: Promise<Visit>;
}

/**
 * Returns the function that finds the current request's visit, opening it on the first call.
 *
 * One request is one object from `await headers()`: the same in layouts, pages, metadata, actions and
 * route handlers, where React's `cache()` is not (specs/platform.md §3). Within it a visit lasts while
 * the cookies stay the same object with the same content. So identify is asked once per request, and
 * again for what follows a change of cookies or a server action, which may have logged someone in.
 */
export function createVisits(settings: Settings, handle: ClientHandle): () => Promise<Visit> {
  const visits = new WeakMap<object, OpenVisit>();
  return async () => {
    const request = await requestOrProblem();
    if ('problem' in request) {
      warnOnce(settings.logger, request.problem);
      return request;
    }
    const text = cookieText(request);
    const open = visits.get(request.headers);
    if (open?.cookies === request.cookies && open.cookieText === text) return open.visit;
    const visit = openVisit(settings, handle, request);
    visits.set(request.headers, { cookies: request.cookies, cookieText: text, visit });
    return visit;
  };
}

async function requestOrProblem(): Promise<RequestData | { problem: string }> {
  try {
    return await readRequest();
  } catch (error) {
    rethrowFrameworkSignal(error);
    refuseInCachedFunction(error);
    return {
      problem: `flags were read where there is no request (${messageOf(error)}). Use flags.client.resolve(key, default, context) there.`,
    };
  }
}

/** A request, and how what is to follow its response is put off. */
export type VisitRequest = RequestData & Pick<CountingOptions, 'later'>;

/** Finds out who the visitor is and what their flags are. Rejects with nothing but Next's signals. */
export async function openVisit(
  settings: Settings,
  handle: ClientHandle,
  { later, ...request }: VisitRequest,
): Promise<Visit> {
  // Before anything is waited for: it watches the page from here on.
  const sight = sightOf(request);
  const visitor = identifyRequest(request, settings);
  const identity = await identifyVisitor(settings, visitor);
  const { context, problem } = identity;
  if (context === undefined) {
    warnOnce(settings.logger, `${problem}. Flags resolve to their defaults for this visitor.`);
    return { problem };
  }
  const own = await snapshotFor(context, settings, handle);
  const snapshot = await overriddenSnapshot(own, visitor, settings);
  const counting = countingOf({ settings, client: handle.client, request, sight, snapshot, later });
  return { snapshot, ...counting };
}

/** From memory, after a process's first definitions; or by a request where the backend evaluates. */
async function snapshotFor(
  context: EvaluationContext,
  { clientOptions, readyTimeout }: Settings,
  handle: ClientHandle,
): Promise<ClientSnapshot> {
  const { detached } = processSlot();
  if (clientOptions.source.definitions.kind === 'remote') {
    return detached(() => handle.client().load(context, { deadline: readyTimeout }));
  }
  await handle.warm();
  return detached(() => handle.client().snapshot(context));
}
