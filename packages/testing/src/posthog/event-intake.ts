import { isJsonObject } from '@halyard/core';
import { EventLog } from '../emulator/event-log.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { PosthogEvent } from './wire.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Takes batches of events, and keeps one of those that are the same. */
export class EventIntake {
  readonly log = new EventLog<PosthogEvent>();

  /** Takes all events of a batch, or refuses it as a whole (400). */
  take(batch: unknown): void {
    if (!Array.isArray(batch)) throw new Refusal(400, 'batch must be a list.');
    if (batch.length === 0) throw new Refusal(400, 'batch holds no event.');
    for (const [index, event] of batch.entries()) {
      const problem = malformation(event);
      if (problem !== undefined) throw new Refusal(400, `batch[${index}]: ${problem}.`);
    }
    for (const event of batch) this.log.add(event, identityOf(event));
  }
}

/**
 * What PostHog's event table is sorted by, and so what makes an event replace another: not its uuid
 * alone, but also its day, its name and whose it is.
 */
function identityOf({ uuid, event, distinct_id, timestamp }: PosthogEvent): string | undefined {
  if (uuid === undefined) return undefined;
  const time = timestamp === undefined ? new Date() : new Date(timestamp);
  const [day] = time.toISOString().split('T', 1);
  return JSON.stringify([day, event, distinct_id, uuid.toLowerCase()]);
}

/** What is wrong with an event; undefined when it is sound. */
function malformation(event: unknown): string | undefined {
  if (!isJsonObject(event)) return 'an event must be an object';
  const { event: name, distinct_id, uuid, timestamp, properties } = event;
  if (!isNonEmptyText(name)) return 'event must be a string that is not empty';
  if (!isNonEmptyText(distinct_id)) return 'distinct_id must be a string that is not empty';
  if (uuid !== undefined && !(typeof uuid === 'string' && UUID.test(uuid))) {
    return 'uuid must be a UUID';
  }
  if (timestamp !== undefined && !isTime(timestamp)) return 'timestamp must be an ISO 8601 time';
  if (properties !== undefined && !isJsonObject(properties)) return 'properties must be an object';
  return undefined;
}

function isNonEmptyText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-/.test(value) && !Number.isNaN(Date.parse(value));
}
