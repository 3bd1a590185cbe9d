import type { TrackingEndpoint, TrackingEvent } from '@halyard/core';
import { USER_AGENT } from './requests/api.ts';
import { type EventsApi, eventIntake, type FlagsmithEvent, flatTraits } from './requests/events.ts';

/** Where Flagsmith takes what the application tracks: its events API, where they are custom events. */
export function trackingEndpoint(api: EventsApi): TrackingEndpoint {
  return eventIntake(api, isCustom, eventOf);
}

/** Names that begin with `$` are Flagsmith's own. */
function isCustom({ name }: TrackingEvent): boolean {
  return !name.startsWith('$');
}

function eventOf(tracked: TrackingEvent): FlagsmithEvent {
  const { name, targetingKey, context, details, occurredAt } = tracked;
  const { value } = details;
  return {
    event: name,
    feature_name: null,
    identifier: targetingKey ?? null,
    value: value === undefined ? null : String(value),
    traits: flatTraits(context),
    metadata: { ...details, sdk_version: USER_AGENT },
    timestamp: Math.trunc(occurredAt),
  };
}
