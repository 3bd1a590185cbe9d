import { HALYARD_VERSION, HalyardError, type HttpResponse, readHeaderOption } from '@halyard/core';

/** Where Flagsmith's API is, and what every request to it carries. */
export interface FlagsmithApi {
  /** Ends in a slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** The options that every way to reach the API has. */
export interface FlagsmithApiOptions {
  /** The API's address. Default: `https://edge.api.flagsmith.com/api/v1/`. */
  readonly apiUrl?: string;
  /** Sent with every request, over Halyard's own. Their values never appear in errors or logs. */
  readonly headers?: Readonly<Record<string, string>>;
}

const DEFAULT_URL = 'https://edge.api.flagsmith.com/api/v1/';

/** How requests name their sender. */
export const USER_AGENT = `halyard/${HALYARD_VERSION}`;

/** Checks the options; @throws HalyardError INVALID_OPTION, naming the wrong one. */
export function readApi(
  factory: string,
  environmentKey: string,
  { apiUrl = DEFAULT_URL, headers }: FlagsmithApiOptions,
): FlagsmithApi {
  const own = readHeaderOption({ part: 'flagsmith', factory }, headers);
  return {
    url: readUrl(`\`apiUrl\` of ${factory}`, apiUrl),
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      'x-environment-key': environmentKey,
      ...own,
    },
    secrets: [environmentKey, ...Object.values(own)],
  };
}

/** Checks an address and gives it a slash at its end. */
export function readUrl(option: string, url: unknown): string {
  if (typeof url !== 'string' || !/^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/i.test(url)) {
    // The address itself stays out of the message: it may hold a credential.
    throw invalidOption(
      `${option} must be an absolute http:// or https:// address without user name, query and fragment`,
    );
  }
  return url.endsWith('/') ? url : `${url}/`;
}

/** Checks an environment key. */
export function readKey(factory: string, key: unknown): string {
  if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) return key;
  throw invalidOption(
    `\`environmentKey\` of ${factory} must be the environment's key, a text without spaces. Find it in Flagsmith under SDK Keys`,
  );
}

/** A wrong option of one of the factories. */
export function invalidOption(message: string): HalyardError {
  return new HalyardError('flagsmith', 'INVALID_OPTION', `${message}.`);
}

/**
 * The address of the next page, by the answer's `Link` header; undefined on the last one. The key goes
 * to no other server, whatever the header says.
 *
 * @throws HalyardError INVALID_DEFINITIONS for a page on another server.
 */
export function nextUrl({ headers }: HttpResponse, apiUrl: string): string | undefined {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next\b/i.exec(headers.link ?? '')?.[1];
  if (target === undefined) return undefined;
  const [origin = ''] = /^https?:\/\/[^/]+/i.exec(apiUrl) ?? [];
  const path = decoded(target);
  if (path.startsWith('//') || /^[a-z][a-z0-9+.-]*:/i.test(path)) {
    if (path.startsWith(`${origin}/`)) return path;
    throw new HalyardError(
      'flagsmith',
      'INVALID_DEFINITIONS',
      'the environment document continues on another server, which must not see the environment key. Check what stands between this process and the API.',
    );
  }
  if (path.startsWith('/')) return origin + path;
  return path.startsWith('?') ? `${apiUrl}environment-document/${path}` : apiUrl + path;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    // A per cent sign that encodes nothing stands for itself.
    return target;
  }
}
