import { HalyardError } from '@halyard/core';
import { queryOf } from '../emulator/address.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type { FlagsmithEmulatorOptions } from './options.ts';
import type { Publication } from './publication.ts';

type PageOptions = Pick<FlagsmithEmulatorOptions, 'overridesPerPage' | 'nextLink' | 'conditional'>;

const PAGE_ID = /^identity_override:1:(\d+)$/;

/**
 * Answers `environment-document/`: the document, in pages of identity overrides. Throws a HalyardError
 * for pages that hold none, which would follow each other forever.
 */
export function documentAnswer(
  publication: Publication,
  options: PageOptions,
): (request: ReceivedRequest) => Reply {
  const { overridesPerPage: pageSize = Number.POSITIVE_INFINITY } = options;
  if (!(pageSize >= 1)) {
    throw new HalyardError(
      'flagsmith emulator',
      'INVALID_OPTION',
      `overridesPerPage is ${pageSize}. Give a number from 1, or leave it out.`,
    );
  }
  return (request) => {
    const { document, updatedAt } = publication;
    const headers: Record<string, string> = {
      'x-flagsmith-document-updated-at': String(updatedAt / 1_000),
    };
    if (options.conditional !== false) {
      headers['last-modified'] = new Date(updatedAt).toUTCString();
      if (isUnchanged(request, updatedAt)) return { status: 304, headers };
    }
    const overrides = document.identity_overrides ?? [];
    const start = startOf(queryOf(request).get('page_id'));
    const end = start + pageSize;
    if (end < overrides.length) {
      const origin = options.nextLink === 'absolute' ? `http://${request.headers.host}` : '';
      headers.link = `<${origin}${pathTo(end)}>; rel="next"`;
    }
    if (start === 0 && end >= overrides.length) return { headers, body: document };
    return { headers, body: { ...document, identity_overrides: overrides.slice(start, end) } };
  };
}

/** Where the overrides of a page begin. */
function startOf(pageId: string | null): number {
  if (pageId === null) return 0;
  const [, start] = PAGE_ID.exec(pageId) ?? [];
  if (start === undefined) throw new Refusal(400, 'Invalid page_id.');
  return Number(start);
}

function pathTo(start: number): string {
  const pageId = encodeURIComponent(`identity_override:1:${start}`);
  return `/api/v1/environment-document/?page_id=${pageId}`;
}

/** A date that cannot be read is ignored (RFC 9110, section 13.1.3). */
function isUnchanged({ headers }: ReceivedRequest, updatedAt: number): boolean {
  const since = Date.parse(String(headers['if-modified-since']));
  return Math.floor(updatedAt / 1_000) * 1_000 <= since;
}
