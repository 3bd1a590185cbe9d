import type { MixpanelEvent } from './wire.ts';

/** What makes two events the same one; undefined for an event without an `$insert_id`. */
export function identityOf({ event, properties }: MixpanelEvent): string | undefined {
  const { $insert_id: insertId, time, distinct_id: distinctId } = properties;
  return insertId === undefined ? undefined : JSON.stringify([event, time, distinctId, insertId]);
}
