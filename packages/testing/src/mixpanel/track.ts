import { isJsonObject } from '@halyard/core';
import { queryOf } from '../emulator/address.ts';
import { formBody } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type { MixpanelEvent } from './wire.ts';

/** The most events a request may carry. */
const MAX_EVENTS = 2000;

/** What came of a request to `/track`. */
export interface Tracked {
  /** Empty where the request was refused. */
  readonly events: readonly MixpanelEvent[];
  readonly reply: Reply;
}

/**
 * Reads a request to `/track`, which is taken as a whole or not at all, and answered 200 either way: what
 * became of it is in the body.
 */
export function track(request: ReceivedRequest, token: string): Tracked {
  const fields = request.method === 'POST' ? formBody(request) : queryOf(request);
  const isVerbose = (fields.get('verbose') ?? queryOf(request).get('verbose')) === '1';
  const events = eventsOf(fields.get('data'));
  const error = typeof events === 'string' ? events : problemOf(events, token);
  const status = error === undefined ? 1 : 0;
  const body = isVerbose ? { status, error: error ?? null } : String(status);
  const taken = error === undefined ? (events as readonly MixpanelEvent[]) : [];
  return { events: taken, reply: { body } };
}

/** The events that `data` holds, or what is wrong with it. */
function eventsOf(data: string | null): readonly unknown[] | string {
  if (data === null || data === '') return 'data, missing or empty';
  for (const text of [data, fromBase64(data)]) {
    try {
      return [JSON.parse(text)].flat();
    } catch {
      // Written in the other way, or in neither.
    }
  }
  return 'data, neither JSON nor base64 of JSON';
}

/** A form gives a space for a plus sign that was not encoded. */
function fromBase64(data: string): string {
  return Buffer.from(data.replaceAll(' ', '+'), 'base64').toString();
}

function problemOf(events: readonly unknown[], token: string): string | undefined {
  if (events.length > MAX_EVENTS) return `data, more than ${MAX_EVENTS} events`;
  for (const event of events) {
    if (!isJsonObject(event) || typeof event.event !== 'string' || event.event === '') {
      return 'event, missing or empty';
    }
    const { properties } = event;
    if (!isJsonObject(properties)) return 'properties, missing or empty';
    if (properties.token !== token) return 'token, missing or not valid';
  }
  return undefined;
}
