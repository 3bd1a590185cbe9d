import type { EventEndpoint } from '@halyard/core';
import type { MixpanelApi } from './api.ts';
import type { EventKind } from './event.ts';
import { importEndpoint } from './import.ts';
import { trackEndpoint } from './track.ts';

/**
 * Where Mixpanel takes events: as an import, where there is a service account to show, since an import says
 * what is wrong with which event.
 */
export function eventEndpoint<Event>(
  api: MixpanelApi,
  kind: EventKind<Event>,
): EventEndpoint<Event> {
  const { serviceAccount } = api;
  return serviceAccount === undefined
    ? trackEndpoint(api, kind)
    : importEndpoint(api, serviceAccount, kind);
}
