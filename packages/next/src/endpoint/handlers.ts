import { type FlagsBootstrap, fnv1a64, fnv1a64Hex, messageOf } from '@halyard/core';
import type { Flags } from '../flags.ts';
import { warnOnce } from '../process/warn-once.ts';
import { bootstrapOf } from '../request/bootstrap.ts';
import { decided } from '../request/decided.ts';
import { rethrowFrameworkSignal } from '../request/framework-signals.ts';
import type { Visit } from '../request/visits.ts';
import type { Settings } from '../settings.ts';
import { takeContext } from './context-report.ts';
import { keysOf, originProblem, readReport } from './exposure-request.ts';
import { Problem, problemResponse } from './problem.ts';

type Report = Readonly<Record<string, unknown>>;

/** What the browser talks to. Neither handler throws anything but Next's own signals. */
export function createHandlers(
  settings: Settings,
  currentVisit: () => Promise<Visit>,
): Flags['handlers'] {
  async function answering(respond: () => Promise<Response>): Promise<Response> {
    try {
      return await respond();
    } catch (error) {
      rethrowFrameworkSignal(error);
      if (error instanceof Problem) return problemResponse(error);
      warnOnce(settings.logger, `the flags endpoint failed: ${messageOf(error)}`);
      return problemResponse(new Problem(500, 'the flags endpoint failed; see the server log'));
    }
  }

  /**
   * The visitor's flags, or a problem. Not a map of defaults: the browser has values, and old ones
   * serve the visitor better. The cause stays in the server's log, since it may hold private data.
   */
  async function knownVisit() {
    const visit = await currentVisit();
    if (visit.snapshot === undefined) throw new Problem(503, 'the visitor could not be identified');
    if (visit.snapshot.version === '') {
      throw new Problem(503, 'there are no flag definitions yet; try again in a moment');
    }
    return visit.snapshot;
  }

  const answerMap = (request: Request) =>
    answering(async () => {
      const snapshot = await decided(await knownVisit(), settings, settings.allowed);
      return bootstrapResponse(
        bootstrapOf(snapshot, settings),
        request.headers.get('if-none-match'),
      );
    });

  const takeReport = (request: Request) =>
    answering(async () => {
      const problem = originProblem(request);
      if (problem !== undefined) throw new Problem(403, problem);
      const report = await readReport(request);
      return Object.hasOwn(report, 'context') ? takesContext(report) : takesExposures(report);
    });

  async function takesExposures(report: Report): Promise<Response> {
    const keys = keysOf(report);
    const { allowed } = settings;
    const seen = allowed === undefined ? keys : keys.filter((key) => allowed.has(key));
    // The browser names keys only; what this visitor gets for them is resolved here, so an
    // exposure cannot be forged for another value or another visitor.
    const snapshot = await decided(await knownVisit(), settings, seen);
    const { withholds } = await currentVisit();
    if (!(await withholds?.(seen.length))) snapshot.expose(seen, 'client');
    return new Response(null, { status: 204, headers: NOT_STORED });
  }

  /** Answers the map of the new context, exactly as the next request for it would be answered. */
  async function takesContext({ context }: Report): Promise<Response> {
    const takeBack = await takeContext(context, settings);
    try {
      const snapshot = await decided(await knownVisit(), settings, settings.allowed);
      return Response.json(bootstrapOf(snapshot, settings), { headers: NOT_STORED });
    } catch (error) {
      // The page keeps the values it has, so the next request must not give it others.
      takeBack();
      throw error;
    }
  }

  return { GET: answerMap, POST: takeReport };
}

const NOT_STORED = { 'Cache-Control': 'no-store', Vary: 'Cookie' };

/** `private, no-cache` has the browser keep the map and ask each time whether it is still right. */
function bootstrapResponse(bootstrap: FlagsBootstrap, ifNoneMatch: string | null): Response {
  const body = JSON.stringify(bootstrap);
  // Weak, because compression on the way changes the bytes but not the values.
  const etag = `W/"${fnv1a64Hex(fnv1a64(body))}"`;
  const headers = { ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Cookie' };
  if (matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json' } });
}

/** If-None-Match compares weakly: with and without `W/` are the same (RFC 9110 §13.1.2). */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').map(opaque).includes(opaque(etag));
}
