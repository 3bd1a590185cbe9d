import type { TrackingEndpoint, TrackingEvent } from '@halyard/core';
import type { PosthogApi } from './requests/api.ts';
import { circumstances, eventIntake, type PosthogEvent } from './requests/events.ts';

/** Where PostHog takes what the application tracks: the intake of all its events. */
export function trackingEndpoint(api: PosthogApi): TrackingEndpoint {
  return eventIntake(api, eventOf);
}

/** The details become the event's properties. The context's attributes are the person's: they stay here. */
function eventOf({
  id,
  name,
  targetingKey,
  context,
  details,
  occurredAt,
}: TrackingEvent): PosthogEvent {
  return {
    event: name,
    distinct_id: targetingKey,
    properties: { ...details, ...circumstances(context, true) },
    timestamp: new Date(occurredAt).toISOString(),
    uuid: id,
  };
}
