import {
  type EventEndpoint,
  type EventRejection,
  type HttpResponse,
  isJsonObject,
} from '@halyard/core';
import type { MixpanelApi } from './api.ts';
import { type EventKind, writtenEvent } from './event.ts';
import { parsedAnswer } from './parsed-answer.ts';

/** As many as Mixpanel's own libraries send. */
const MAX_EVENTS = 50;

/**
 * `/track`, which takes events from anybody who knows the token, if they are not older than five days.
 *
 * @see https://docs.mixpanel.com/reference/track-event
 */
export function trackEndpoint<Event>(
  { address, token, headers, secrets }: MixpanelApi,
  kind: EventKind<Event>,
): EventEndpoint<Event> {
  const write = (event: Event) =>
    writtenEvent(kind.facts(event), { token, time: kind.time(event) / 1000 });
  return {
    maxBatchSize: MAX_EVENTS,
    accepts: (event) => kind.accepts(event),
    request: (batch) => ({
      // The address that Mixpanel sees is the server's, which says nothing about the visitor: `ip=0`.
      url: `${address}/track?verbose=1&ip=0`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: `data=${encodeURIComponent(JSON.stringify(batch.map(write)))}`,
      secrets,
    }),
    rejections,
  };
}

/** It takes a batch as a whole or not at all, and says which in an answer of 200. */
function rejections({ body }: HttpResponse, batch: readonly unknown[]): readonly EventRejection[] {
  const answer = parsedAnswer(body);
  if (answer === 1 || (isJsonObject(answer) && answer.status === 1)) return [];
  const said = isJsonObject(answer) && answer.error ? String(answer.error) : body;
  const message = `Mixpanel did not take the events, and answered: ${said}`;
  return batch.map((_, index) => ({ index, message }));
}
