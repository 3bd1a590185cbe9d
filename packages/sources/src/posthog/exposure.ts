import type { EvaluationContext, Exposure, ExposureEndpoint, FlagMetadata } from '@halyard/core';
import { sha1 } from '@halyard/core';
import { distinctIdOf } from './compile/visit.ts';
import type { PosthogApi } from './requests/api.ts';
import { circumstances, eventIntake, groupsOf, type PosthogEvent } from './requests/events.ts';

const EVENT = '$feature_flag_called';

/** Where PostHog takes exposures: the intake of all its events. */
export function eventsEndpoint(api: PosthogApi): ExposureEndpoint {
  return eventIntake(api, eventOf);
}

function eventOf(exposure: Exposure): PosthogEvent {
  const { id, targetingKey, evaluatedAt } = exposure;
  return {
    event: EVENT,
    distinct_id: targetingKey,
    properties: propertiesOf(exposure),
    timestamp: new Date(evaluatedAt).toISOString(),
    uuid: uuidOf(id),
  };
}

/**
 * Whom PostHog counts a call for: a person within their groups, so that one who changes the group is seen
 * again. Undefined without a distinct id.
 */
export function subjectOf(context: EvaluationContext): string | undefined {
  const distinctId = distinctIdOf(context);
  if (distinctId === undefined || context.groups === undefined) return distinctId;
  const groups = Object.entries(groupsOf(context) ?? {});
  if (groups.length === 0) return distinctId;
  const sorted = groups.map(([type, key]) => [type, String(key)]).sort(byType);
  return JSON.stringify([distinctId, sorted]);
}

function byType([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : 1;
}

function propertiesOf(exposure: Exposure): PosthogEvent['properties'] {
  const { flagKey, variant, value, origin, context, flagMetadata = {} } = exposure;
  const { definitionsLoadedAt } = exposure;
  const response = variant ?? value;
  return {
    $feature_flag: flagKey,
    $feature_flag_response: response,
    ...(!isMinimal(flagMetadata) && {
      [`$feature/${flagKey}`]: response,
      $feature_flag_definitions_loaded_at: isLocal(flagMetadata) ? definitionsLoadedAt : undefined,
    }),
    ...factsOf(exposure, flagMetadata),
    ...circumstances(context, origin === 'server'),
  };
}

/** What PostHog said of the flag, given back to it. */
function factsOf({ evaluatedAt }: Exposure, metadata: FlagMetadata): object {
  return {
    $feature_flag_id: metadata.id,
    $feature_flag_version: metadata.version,
    $feature_flag_reason: metadata['posthog.reason'],
    locally_evaluated: isLocal(metadata),
    $feature_flag_request_id: metadata['posthog.requestId'],
    $feature_flag_evaluated_at: isLocal(metadata) ? evaluatedAt : metadata['posthog.evaluatedAt'],
    $feature_flag_has_experiment: metadata['posthog.hasExperiment'],
    $feature_flag_error: metadata['posthog.error'],
  };
}

function isLocal(metadata: FlagMetadata): boolean {
  return metadata['posthog.locallyEvaluated'] === true;
}

/** Where PostHog says so, and the flag is known to be in no experiment, the event goes without some. */
function isMinimal(metadata: FlagMetadata): boolean {
  return metadata['posthog.minimalEvents'] === true && metadata['posthog.hasExperiment'] === false;
}

/**
 * An exposure's id as a UUID: the same for the same exposure, however often it is sent, so that PostHog
 * counts it once. Version 5, as a name-based one.
 */
function uuidOf(id: string): string {
  const digits = /^[0-9a-f]{32}/.test(id) ? id : sha1(id);
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
