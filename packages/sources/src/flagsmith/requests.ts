import type { HttpDefinitions, HttpRequest, HttpResponse, Validator } from '@halyard/core';
import { type FlagsmithApi, nextUrl } from './requests/api.ts';
import type { FlagsmithDocument } from './wire.ts';
import { parse } from './wire.ts';

/**
 * Describes the requests for the environment document: a first page, and as many as it takes for the
 * identity overrides. Conditional where the server has named a date or a tag before.
 *
 * @see https://docs.flagsmith.com/clients/server-side
 */
export function environmentDocument(api: FlagsmithApi): HttpDefinitions<FlagsmithDocument> {
  const get = (url: string, conditions: Readonly<Record<string, string>> = {}): HttpRequest => ({
    url,
    method: 'GET',
    headers: { ...api.headers, ...conditions },
    secrets: api.secrets,
  });
  return {
    kind: 'http',
    request: (validator) => get(`${api.url}environment-document/`, conditionsOf(validator)),
    nextPage(response: HttpResponse) {
      const next = nextUrl(response, api.url);
      return next === undefined ? undefined : get(next);
    },
    parse,
  };
}

function conditionsOf(validator: Validator | undefined): Record<string, string> {
  const { etag, lastModified } = validator ?? {};
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}
