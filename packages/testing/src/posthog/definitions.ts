import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type { Publication } from './publication.ts';

/** What decides how definitions are answered. */
export interface DefinitionsOptions {
  /** Whether they have an ETag. */
  readonly conditional: boolean;
  /** Whether the project has used up its quota of flags. */
  readonly isLimited: boolean;
}

/** Answers `/flags/definitions`. */
export function definitionsAnswer(
  { definitions, etag }: Publication,
  request: ReceivedRequest,
  { conditional, isLimited }: DefinitionsOptions,
): Reply {
  if (isLimited) throw new Refusal(402, 'The quota of feature flag requests is used up.');
  if (!conditional) return { body: definitions };
  const headers = { etag: `W/"${etag}"`, 'cache-control': 'private, must-revalidate' };
  return namedTag(request) === etag ? { status: 304, headers } : { headers, body: definitions };
}

/** The tag in If-None-Match, which is one tag, and as good bare or strong as it is weak. */
function namedTag({ headers }: ReceivedRequest): string {
  const tag = String(headers['if-none-match'] ?? '').trim();
  return tag.replace(/^W\/(?=")/, '').replace(/^"+|"+$/g, '');
}
