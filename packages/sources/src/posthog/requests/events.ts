import { type EvaluationContext, type EventEndpoint, HALYARD_VERSION } from '@halyard/core';
import type { PosthogApi } from './api.ts';
import { personOf } from './person.ts';

const MAX_EVENTS = 100;

/** An event as PostHog takes it. Properties that are undefined are left out when it becomes JSON. */
export interface PosthogEvent {
  readonly event: string;
  readonly distinct_id: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly timestamp: string;
  /** The same at each try, so that PostHog counts the event once. */
  readonly uuid: string;
}

/** PostHog's intake of events. It tells visitors apart by their ids, so those without one do not count. */
export function eventIntake<Event extends { readonly targetingKey: string | undefined }>(
  { host, projectKey, headers, secrets }: PosthogApi,
  written: (event: Event) => PosthogEvent,
): EventEndpoint<Event> {
  return {
    maxBatchSize: MAX_EVENTS,
    accepts: ({ targetingKey }) => targetingKey !== undefined && targetingKey !== '',
    request: (batch) => ({
      url: `${host}/batch/`,
      method: 'POST',
      headers,
      gzip: true,
      body: JSON.stringify({ api_key: projectKey, batch: batch.map(written) }),
      secrets,
    }),
  };
}

/** What each event says of its visitor's groups, and of its sender. */
export function circumstances(context: EvaluationContext | undefined, isServer: boolean): object {
  return {
    $groups: groupsOf(context),
    $lib: 'halyard',
    $lib_version: HALYARD_VERSION,
    $is_server: isServer,
    // The address that PostHog sees is the server's, which says nothing about the visitor.
    $geoip_disable: true,
  };
}

/** The keys of the visitor's groups by type; undefined where there are none, or nobody can tell. */
export function groupsOf(context: EvaluationContext = {}): object | undefined {
  try {
    const { groups } = personOf(context);
    return Object.keys(groups).length === 0 ? undefined : groups;
  } catch {
    // A context that throws when it is read has no groups that anybody could name.
    return undefined;
  }
}
