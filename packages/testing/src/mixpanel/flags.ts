import { isJsonObject } from '@halyard/core';
import { queryOf } from '../emulator/address.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type {
  MixpanelContext,
  MixpanelFlagsRequest,
  MixpanelFlagsResponse,
  MixpanelSelection,
} from './wire.ts';

/** Reads a request to `/flags`. Refuses a context that is no JSON object, or nobody's (400). */
export function flagsRequest(request: ReceivedRequest): MixpanelFlagsRequest {
  const query = queryOf(request);
  const context = parse(query.get('context'));
  if (!isContext(context)) {
    throw new Refusal(400, 'distinct_id must be provided in evalContext as a string');
  }
  const flagKey = query.get('flag_key');
  return flagKey === null ? { context } : { context, flag_key: flagKey };
}

/** Answers `/flags` with the variants of a visitor, or with the one that was asked for. */
export function flagsAnswer(
  selected: Readonly<Record<string, MixpanelSelection | undefined>>,
  { flag_key: asked }: MixpanelFlagsRequest,
): Reply {
  const flags = Object.entries(selected).flatMap(([key, selection]) =>
    selection !== undefined && (asked === undefined || key === asked)
      ? [[key, selection] as const]
      : [],
  );
  const body: MixpanelFlagsResponse = { code: 200, flags: Object.fromEntries(flags) };
  return { body };
}

function parse(text: string | null): unknown {
  if (text === null) throw new Refusal(400, 'The query has no context.');
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The context is not JSON. Encode it once, and not twice.');
  }
}

function isContext(context: unknown): context is MixpanelContext {
  return (
    isJsonObject(context) && typeof context.distinct_id === 'string' && context.distinct_id !== ''
  );
}
