import type { HttpDefinitions, HttpRequest, Validator } from '@halyard/core';
import { HalyardError, readHeaderOption } from '@halyard/core';
import type { FlagdDocument } from './wire.ts';
import { parse } from './wire.ts';

/** How definitions are fetched over HTTP. */
export interface FlagdUrlOptions {
  /** Sent with every request, such as `authorization`. Their values never appear in errors or logs. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A header value shorter than this is no credential, and hiding it would garble every message. */
const SHORTEST_SECRET = 8;

/** Describes the requests for a definitions document at an address; one page, one GET. */
export function httpDefinitions(
  url: string,
  options: FlagdUrlOptions,
): HttpDefinitions<FlagdDocument> {
  requireUrl(url);
  const headers = readHeaderOption({ part: 'flagd', factory: 'flagdUrl' }, options.headers);
  const secrets = secretsOf(url, headers);
  return {
    kind: 'http',
    request: (validator?: Validator): HttpRequest => ({
      url,
      method: 'GET',
      headers: { accept: 'application/json', ...headers, ...conditions(validator) },
      secrets,
    }),
    parse: ([body = '']) => parse(body),
  };
}

function requireUrl(url: string): void {
  if (typeof url !== 'string' || !/^https?:\/\/[^/?#\s]+\S*$/i.test(url)) {
    // The address itself stays out of the message: its query may hold a credential.
    throw invalidOption(
      'flagdUrl needs an absolute http:// or https:// address as its first argument',
    );
  }
  if (/^https?:\/\/[^/?#]*@/i.test(url)) {
    throw invalidOption(
      'the address given to flagdUrl contains a user name or password. Send them as an `authorization` header instead',
    );
  }
}

function invalidOption(message: string): HalyardError {
  return new HalyardError('flagd', 'INVALID_OPTION', `${message}.`);
}

function secretsOf(url: string, headers: Readonly<Record<string, string>>): readonly string[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  // `Bearer <token>` is a secret as a whole and by its token alone; likewise `key=value`.
  const candidates = [...Object.values(headers), query].flatMap((text) => [
    text,
    ...text.split(/[\s&=]+/),
  ]);
  return [...new Set(candidates)].filter(({ length }) => length >= SHORTEST_SECRET);
}

function conditions(validator: Validator | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (validator?.etag !== undefined) headers['if-none-match'] = validator.etag;
  if (validator?.lastModified !== undefined) headers['if-modified-since'] = validator.lastModified;
  return headers;
}
