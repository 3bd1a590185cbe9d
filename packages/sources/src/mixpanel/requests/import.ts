import {
  type EventEndpoint,
  type EventRejection,
  type HttpResponse,
  isJsonObject,
} from '@halyard/core';
import type { MixpanelApi, MixpanelServiceAccount } from './api.ts';
import { type EventKind, writtenEvent } from './event.ts';
import { parsedAnswer } from './parsed-answer.ts';

const MAX_EVENTS = 2000;
/** Mixpanel's older references say 2 MB, the newer ones more. */
const MAX_BYTES = 2_000_000;
const VALIDATION_FAILED = 400;

/**
 * `/import`, which checks each event, says what is wrong with it, and takes events of any age.
 *
 * @see https://docs.mixpanel.com/reference/import-events
 */
export function importEndpoint<Event>(
  { address, token, auth, headers, secrets }: MixpanelApi,
  { projectId }: MixpanelServiceAccount,
  kind: EventKind<Event>,
): EventEndpoint<Event> {
  const write = (event: Event) =>
    writtenEvent(kind.facts(event), { token, time: Math.trunc(kind.time(event)) });
  return {
    maxBatchSize: MAX_EVENTS,
    maxBodyBytes: MAX_BYTES,
    accepts: (event) => kind.accepts(event),
    request: (batch) => ({
      url: `${address}/import?strict=1&project_id=${encodeURIComponent(projectId)}`,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      auth,
      gzip: true,
      body: JSON.stringify(batch.map(write)),
      answerStatuses: [VALIDATION_FAILED],
      secrets,
    }),
    rejections,
  };
}

/** Of a batch whose answer is 400, only the events that are not sound are refused. */
function rejections(
  { status, body }: HttpResponse,
  batch: readonly unknown[],
): readonly EventRejection[] {
  if (status !== VALIDATION_FAILED) return [];
  const answer = Object(parsedAnswer(body));
  const { failed_records: records, num_records_imported: imported, error } = answer;
  const failed = Array.isArray(records) ? records.filter(isJsonObject) : [];
  const words = new Map(failed.map((record) => [record.index, record.message]));
  const isNothingTaken = failed.length === 0 || imported === 0;
  return batch.flatMap((_, index) => {
    if (!isNothingTaken && !words.has(index)) return [];
    return [{ index, message: String(words.get(index) ?? error ?? body) }];
  });
}
