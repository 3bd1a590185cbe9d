import { type FlagValue, type JsonObject, messageOf } from '@halyard/core';
import type { FlagClient } from '@halyard/server';
import { NextResponse } from 'next/server.js';
import { originProblem, readReport } from '../endpoint/exposure-request.ts';
import { Problem, problemResponse } from '../endpoint/problem.ts';
import { warnOnce } from '../process/warn-once.ts';
import { rethrowFrameworkSignal } from '../request/framework-signals.ts';
import { identifyRequest, readRequest } from '../request/request.ts';
import type { Settings } from '../settings.ts';
import { cookieAttributes } from '../visitor/cookie-attributes.ts';
import { isAuthorized } from './authorized.ts';
import { type Options, optionsOf, outcomeFor } from './choice.ts';
import { type Choices, choicesIn, encodeChoices } from './cookie.ts';
import { choosable, describeOutcomes } from './description.ts';
import type { OverrideHandlers } from './options.ts';
import { choicesOf, unixSeconds } from './overridden-snapshot.ts';
import type { OverrideSettings } from './settings.ts';

/** Somebody who may override flags, and what they have chosen so far. */
interface Chooser {
  readonly overrides: OverrideSettings;
  readonly choices: Choices;
}

/** The routes for overrides. None of them throws anything but Next's own signals. */
export function createOverrideHandlers(
  settings: Settings,
  client: () => FlagClient,
): OverrideHandlers {
  async function answering(respond: (chooser: Chooser) => Promise<Response>): Promise<Response> {
    try {
      return await respond(await chooserOf(settings));
    } catch (error) {
      rethrowFrameworkSignal(error);
      if (error instanceof Problem) return problemResponse(error);
      warnOnce(settings.logger, `the override routes failed: ${messageOf(error)}`);
      return problemResponse(new Problem(500, 'the override routes failed; see the server log'));
    }
  }

  const list = () =>
    answering(async (chooser) => stateResponse(await flagsOf(settings, client()), chooser));

  const choose = (request: Request) =>
    answering(async ({ overrides, choices }) => {
      requireThisSite(request);
      const asked = choicesIn((await readReport(request)).overrides);
      if (asked === undefined) {
        throw new Problem(400, 'the body must be {"overrides": {"flag-key": choice or null, …}}');
      }
      const flags = await flagsOf(settings, client());
      const chosen = { overrides, choices: changed(choices, asked, flags) };
      return withCookie(stateResponse(flags, chosen), request, chosen);
    });

  const clear = (request: Request) =>
    answering(async ({ overrides }) => {
      requireThisSite(request);
      const response = new NextResponse(null, { status: 204, headers: NOT_STORED });
      return withCookie(response, request, { overrides, choices: new Map() });
    });

  return { GET: list, POST: choose, DELETE: clear };
}

const NOT_STORED = { 'Cache-Control': 'no-store', Vary: 'Cookie' };

/** Where nothing can be overridden, or not by this visitor, there is nothing to be found. */
async function chooserOf(settings: Settings): Promise<Chooser> {
  const request = await readRequest();
  const { overrides } = settings;
  const visitor = identifyRequest(request, settings);
  if (overrides === undefined || !(await isAuthorized(overrides, settings, visitor))) {
    throw new Problem(404, 'not found');
  }
  return { overrides, choices: choicesOf(request.cookies, settings) };
}

function requireThisSite(request: Request): void {
  const problem = originProblem(request, 'overrides');
  if (problem !== undefined) throw new Problem(403, problem);
}

/** What can be chosen of each flag, by key. Throws a Problem where nobody can tell. */
async function flagsOf(
  { clientOptions: { source }, readyTimeout: timeout }: Settings,
  client: FlagClient,
): Promise<ReadonlyMap<string, Options>> {
  if (source.definitions.kind === 'remote') {
    throw new Problem(
      501,
      `${source.name} evaluates elsewhere, and does not say what flags can be`,
    );
  }
  await client.ready({ timeout });
  const snapshot = client.snapshot();
  if (snapshot.version === '') {
    throw new Problem(503, 'there are no flag definitions yet; try again in a moment');
  }
  return new Map(
    snapshot.flagKeys.map((key) => [key, optionsOf(snapshot.outcomesOf(key), source)]),
  );
}

/** All changes, or a Problem that names the one that cannot be made. */
function changed(choices: Choices, asked: Choices, flags: ReadonlyMap<string, Options>): Choices {
  const next = new Map(choices);
  for (const [flag, given] of asked) {
    if (given === null) next.delete(flag);
    else next.set(flag, checked(flag, given, flags.get(flag)));
  }
  return next;
}

function checked(flag: string, given: FlagValue, options: Options | undefined): FlagValue {
  if (options === undefined) {
    throw new Problem(400, `there is no flag ${JSON.stringify(flag)}`, { flag, given });
  }
  if (outcomeFor(given, options) !== undefined) return given;
  const because =
    options.outcomes.length === 0
      ? 'its definition does not say what it can come out as'
      : describeOutcomes(given, options);
  const outcomes = choosable(options).map(({ choice }) => choice);
  const message = `flag ${JSON.stringify(flag)} cannot be overridden so: ${because}`;
  throw new Problem(400, message, { flag, given, outcomes });
}

/** Every flag with what can be chosen of it, and what is. */
function stateResponse(
  flags: ReadonlyMap<string, Options>,
  { overrides, choices }: Chooser,
): NextResponse {
  const listed = Array.from(flags, ([key, options]): JsonObject => {
    const outcomes = choosable(options).map(({ choice, outcome }) => ({ choice, ...outcome }));
    const choice = choices.get(key);
    return { key, outcomes, ...(choice !== undefined && { override: choice }) };
  });
  const body = { environment: overrides.environment, flags: listed };
  return NextResponse.json(body, { headers: NOT_STORED });
}

/** Sets what is chosen from now on, for as long as it lasts. Throws a Problem when it is too much. */
function withCookie(
  response: NextResponse,
  request: Request,
  { overrides, choices }: Chooser,
): NextResponse {
  const { cookie, maxAge } = overrides;
  const { protocol } = new URL(request.url);
  const set = (value: string, seconds: number) =>
    response.cookies.set(
      cookie,
      value,
      cookieAttributes({ headers: request.headers, protocol }, seconds),
    );
  if (choices.size === 0) set('', 0);
  else {
    const encoded = encodeChoices(choices, unixSeconds() + maxAge, overrides);
    if ('problem' in encoded) throw new Problem(413, encoded.problem);
    set(encoded.value, maxAge);
  }
  return response;
}
