import {
  type EvaluationContext,
  HalyardError,
  type HttpRequest,
  type HttpResponse,
  isJsonObject,
  messageOf,
  type RemoteEvaluation,
  type Resolution,
} from '@halyard/core';
import { identifierOf } from '../compile/visit.ts';
import { remoteResolution } from '../wire/remote-flag.ts';
import type { FlagsmithApi } from './api.ts';
import { traitsOf } from './traits.ts';

/** Says of a context that neither its identity nor its traits shall be stored. */
export type IsTransient = (context: EvaluationContext) => boolean;

/**
 * Evaluation by Flagsmith: the flags of an identity, which are one request whatever is asked for, or
 * without a targeting key those of the environment.
 */
export function remoteEvaluation(api: FlagsmithApi, isTransient: IsTransient): RemoteEvaluation {
  return {
    request(context) {
      const identifier = identifierOf(context);
      return identifier === undefined
        ? environmentFlags(api)
        : identityFlags(api, bodyOf(identifier, context, isTransient));
    },
    parse: (response, context) => flagsOf(response, identifierOf(context) !== undefined),
  };
}

function environmentFlags({ url, headers, secrets }: FlagsmithApi): HttpRequest {
  return { url: `${url}flags/`, method: 'GET', headers, secrets };
}

function identityFlags({ url, headers, secrets }: FlagsmithApi, body: unknown): HttpRequest {
  return {
    url: `${url}identities/`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    secrets,
  };
}

function bodyOf(identifier: string, context: EvaluationContext, isTransient: IsTransient): unknown {
  try {
    const traits = traitsOf(context);
    return { identifier, traits, ...(isTransient(context) && { transient: true }) };
  } catch (cause) {
    throw new HalyardError(
      'flagsmith',
      'INVALID_CONTEXT',
      `the evaluation context cannot be sent: ${messageOf(cause)}. Make its attributes texts, numbers, booleans or null.`,
      { cause },
    );
  }
}

function flagsOf({ body }: HttpResponse, hasIdentity: boolean): ReadonlyMap<string, Resolution> {
  const answer = parseJson(body);
  const flags = isJsonObject(answer) ? answer.flags : answer;
  if (!Array.isArray(flags)) throw notUnderstood('it holds no list of flags');
  const resolutions = new Map<string, Resolution>();
  for (const flag of flags) {
    const name: unknown = isJsonObject(flag) ? Object(flag.feature).name : undefined;
    if (typeof name === 'string') resolutions.set(name, remoteResolution(flag, hasIdentity));
  }
  return resolutions;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw notUnderstood(messageOf(cause));
  }
}

function notUnderstood(problem: string): HalyardError {
  return new HalyardError(
    'flagsmith',
    'REQUEST_FAILED',
    `the answer with the flags was not understood: ${problem}. Check what stands between this process and the API.`,
  );
}
