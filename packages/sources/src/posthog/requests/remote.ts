import {
  type EvaluationContext,
  HalyardError,
  type HttpRequest,
  messageOf,
  type RemoteEvaluation,
} from '@halyard/core';
import { distinctIdOf } from '../compile/visit.ts';
import { remoteResolutions } from '../wire/remote-answer.ts';
import type { PosthogApi } from './api.ts';
import { personOf } from './person.ts';

/**
 * Evaluation by PostHog: one request for the flags that are asked for, or for all of them.
 *
 * @see https://posthog.com/docs/api/flags
 */
export function remoteEvaluation(api: PosthogApi): RemoteEvaluation {
  return {
    request: (context, keys) => flagsRequest(api, context, keys),
    parse: ({ body }) => remoteResolutions(body),
  };
}

function flagsRequest(
  api: PosthogApi,
  context: EvaluationContext,
  keys: readonly string[] | undefined,
): HttpRequest {
  return {
    url: `${api.host}/flags/?v=2`,
    method: 'POST',
    headers: api.headers,
    body: bodyOf(api, context, keys),
    secrets: api.secrets,
  };
}

function bodyOf(
  { projectKey, evaluationContexts }: PosthogApi,
  context: EvaluationContext,
  keys: readonly string[] | undefined,
): string {
  try {
    const distinctId = distinctIdOf(context);
    if (distinctId === undefined) throw withoutDistinctId();
    const { properties, groups, groupProperties } = personOf(context);
    const deviceId = properties.$device_id;
    return JSON.stringify({
      token: projectKey,
      distinct_id: distinctId,
      groups,
      person_properties: properties,
      group_properties: groupProperties,
      // The address that PostHog sees is the server's, which says nothing about the person.
      geoip_disable: true,
      evaluation_runtime: 'server',
      ...(keys !== undefined && { flag_keys_to_evaluate: keys }),
      ...(Boolean(deviceId) && { $device_id: deviceId }),
      ...(evaluationContexts.length > 0 && { evaluation_contexts: evaluationContexts }),
    });
  } catch (cause) {
    if (cause instanceof HalyardError) throw cause;
    throw new HalyardError(
      'posthog',
      'INVALID_CONTEXT',
      `the evaluation context cannot be sent: ${messageOf(cause)}. Give it attributes that JSON can carry.`,
      { cause },
    );
  }
}

function withoutDistinctId(): HalyardError {
  return new HalyardError(
    'posthog',
    'TARGETING_KEY_MISSING',
    'the evaluation context has no targeting key, which is what PostHog tells persons apart by. Give it one.',
  );
}
