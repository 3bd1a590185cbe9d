import {
  type EvaluationContext,
  type EventEndpoint,
  type EventRejection,
  type HttpResponse,
  isJsonObject,
} from '@halyard/core';
import { type FlagsmithApi, USER_AGENT } from './api.ts';
import { traitsOf } from './traits.ts';

const MAX_EVENTS = 1000;

/** An event as Flagsmith takes it: every key is always there. */
export interface FlagsmithEvent {
  readonly event: string;
  readonly feature_name: string | null;
  readonly identifier: string | null;
  readonly value: string | null;
  readonly traits: Readonly<Record<string, unknown>> | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Unix milliseconds. */
  readonly timestamp: number;
}

/** Where Flagsmith's events API is, and with which headers. */
export interface EventsApi extends Pick<FlagsmithApi, 'headers' | 'secrets'> {
  readonly url: string;
}

/** Flagsmith's events API. */
export function eventIntake<Event>(
  { url, headers, secrets }: EventsApi,
  accepts: (event: Event) => boolean,
  written: (event: Event) => FlagsmithEvent,
): EventEndpoint<Event> {
  return {
    maxBatchSize: MAX_EVENTS,
    accepts,
    request: (batch) => ({
      url,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'flagsmith-sdk-user-agent': USER_AGENT,
      },
      body: JSON.stringify({ events: batch.map(written) }),
      secrets,
    }),
    rejections: rejectionsIn,
  };
}

/** The visitor's traits, or null where there are none. */
export function flatTraits(context: EvaluationContext = {}): FlagsmithEvent['traits'] {
  const traits = traitsOf(context).map(({ trait_key: name, trait_value: value }) => [name, value]);
  return traits.length === 0 ? null : Object.fromEntries(traits);
}

function rejectionsIn({ body }: HttpResponse): readonly EventRejection[] {
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
