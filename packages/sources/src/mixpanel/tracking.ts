import type { TrackingEndpoint, TrackingEvent } from '@halyard/core';
import type { MixpanelApi } from './requests/api.ts';
import type { EventKind } from './requests/event.ts';
import { eventEndpoint } from './requests/events.ts';

/** Where Mixpanel takes what the application tracks: where it takes all events. */
export function trackingEndpoint(api: MixpanelApi): TrackingEndpoint {
  return eventEndpoint(api, tracked);
}

/** The details become the event's properties. The context's attributes are the visitor's: they stay here. */
const tracked: EventKind<TrackingEvent> = {
  accepts: ({ subject }) => subject !== undefined,
  time: ({ occurredAt }) => occurredAt,
  facts: ({ id, name, subject, details }) => ({
    id,
    name,
    distinctId: subject,
    properties: details,
  }),
};
