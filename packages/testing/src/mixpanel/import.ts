import { queryOf } from '../emulator/address.ts';
import { jsonList, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { problemOf } from './import-checks.ts';
import type { MixpanelEvent, MixpanelFailedRecord } from './wire.ts';

const MAX_EVENTS = 2000;

/** What bounds and dates an import. */
export interface ImportLimits {
  readonly maxBytes: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** What came of a request to `/import`: events that are not sound are refused, and the others taken. */
export interface Imported {
  readonly events: readonly MixpanelEvent[];
  readonly reply: Reply;
}

/** Reads a request to `/import`. Refuses one that is too large (413). */
export function importEvents(request: ReceivedRequest, { maxBytes, now }: ImportLimits): Imported {
  if (queryOf(request).get('strict') !== '1') throw new Refusal(400, 'Only strict=1 is emulated.');
  if (Buffer.byteLength(request.body) > maxBytes) {
    throw new Refusal(413, `request exceeds max limit of ${maxBytes} bytes`);
  }
  const batch = jsonList(request);
  if (batch.length > MAX_EVENTS) {
    throw new Refusal(413, `request exceeds max limit of ${MAX_EVENTS} events`);
  }
  const failed = batch.flatMap((event, index) => failedRecord(event, index, now));
  const indexes = new Set(failed.map(({ index }) => index));
  const events = batch.filter((_, index) => !indexes.has(index)) as readonly MixpanelEvent[];
  return { events, reply: replyTo(events.length, failed) };
}

function failedRecord(event: unknown, index: number, now: number): MixpanelFailedRecord[] {
  const problem = problemOf(event, now);
  return problem === undefined ? [] : [{ index, insert_id: insertIdOf(event), ...problem }];
}

function insertIdOf(event: unknown): string {
  const { properties } = Object(event) as Partial<MixpanelEvent>;
  return String(Object(properties).$insert_id ?? '');
}

function replyTo(imported: number, failed: readonly MixpanelFailedRecord[]): Reply {
  const num_records_imported = imported;
  if (failed.length === 0) return { body: { code: 200, num_records_imported, status: 'OK' } };
  const error = 'some data points in the request failed validation';
  const failed_records = failed;
  return {
    status: 400,
    body: { code: 400, error, status: 'Bad Request', num_records_imported, failed_records },
  };
}
