import type { Exposure, ExposureEndpoint, ExposureRejection, HttpResponse } from '@halyard/core';
import { isJsonObject } from '@halyard/core';
import { type FlagsmithApi, USER_AGENT } from './requests/api.ts';
import { traitsOf } from './requests/traits.ts';

const MAX_EVENTS = 1000;
const EVENT = '$flag_exposure';

/**
 * Flagsmith's events API. It counts who was shown which variant, so flags without variants and visitors
 * without an identifier are none of its business, and neither is whoever is not in the experiment.
 */
export function eventsEndpoint(url: string, { headers, secrets }: FlagsmithApi): ExposureEndpoint {
  return {
    maxBatchSize: MAX_EVENTS,
    accepts: ({ variant, targetingKey, flagMetadata }) =>
      variant !== undefined &&
      targetingKey !== undefined &&
      targetingKey !== '' &&
      flagMetadata?.['flagsmith.inExperiment'] !== false,
    request: (batch) => ({
      url,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'flagsmith-sdk-user-agent': USER_AGENT,
      },
      body: JSON.stringify({ events: batch.map(eventOf) }),
      secrets,
    }),
    rejections: rejectionsIn,
  };
}

function eventOf(exposure: Exposure): object {
  const { flagKey, targetingKey = null, variant = null, evaluatedAt, flagMetadata } = exposure;
  const experimentId = flagMetadata?.['flagsmith.experimentId'];
  return {
    event: EVENT,
    feature_name: flagKey,
    identifier: targetingKey,
    value: variant,
    traits: flatTraits(exposure),
    metadata: {
      ...(experimentId !== undefined && { experiment_id: experimentId }),
      sdk_version: USER_AGENT,
    },
    timestamp: evaluatedAt,
  };
}

/** The visitor's traits, or null where there are none. */
function flatTraits({ context = {} }: Exposure): object | null {
  const traits = traitsOf(context).map(({ trait_key: name, trait_value: value }) => [name, value]);
  return traits.length === 0 ? null : Object.fromEntries(traits);
}

function rejectionsIn({ body }: HttpResponse): readonly ExposureRejection[] {
  const answer = parsed(body);
  if (!isJsonObject(answer) || !Array.isArray(answer.rejected)) return [];
  return answer.rejected.flatMap((rejection: unknown) => {
    const { index, error } = Object(rejection);
    return Number.isInteger(index) ? [{ index, message: textOf(error) }] : [];
  });
}

function textOf(error: unknown): string {
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? 'no reason given');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Success without a report says that nothing was refused.
    return undefined;
  }
}
