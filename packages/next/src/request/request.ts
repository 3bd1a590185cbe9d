import { cookies, headers } from 'next/headers.js';
import type { IdentifyRequest } from '../flags.ts';
import type { Settings } from '../settings.ts';
import { contextCookie, readContext } from '../visitor/client-context.ts';
import { keptIdOf, keptIdsCookie, parseKeptIds } from '../visitor/kept-ids.ts';
import { parseVisitorId } from '../visitor/visitor-cookie.ts';

/** The request's data. Both objects keep their identity for as long as one phase of it lasts. */
export interface RequestData {
  readonly headers: Awaited<ReturnType<typeof headers>>;
  readonly cookies: Awaited<ReturnType<typeof cookies>>;
}

/**
 * Reads the request. This comes before anything else: it is what tells Next that the page belongs to
 * a request, and until then clock readings break prerenders (specs/platform.md §2.4). Rejects outside
 * of a request, and with Next's signals while prerendering.
 */
export async function readRequest(): Promise<RequestData> {
  const [requestHeaders, requestCookies] = await Promise.all([headers(), cookies()]);
  return { headers: requestHeaders, cookies: requestCookies };
}

/** The part of a request that identify may read. */
export function identifyRequest(
  { cookies: jar, headers: sent }: RequestData,
  { visitor, clientContext }: Pick<Settings, 'visitor' | 'clientContext'>,
): IdentifyRequest {
  const visitorId = parseVisitorId(jar.get(visitor.name)?.value);
  return {
    cookies: jar,
    headers: sent,
    visitorId,
    clientContext: readContext(jar.get(contextCookie(visitor.name))?.value, clientContext),
    bucketingKey(accountId) {
      if (!accountId) return visitorId;
      const kept = parseKeptIds(jar.get(keptIdsCookie(visitor.name))?.value);
      return keptIdOf(kept, accountId) ?? accountId;
    },
  };
}

/** The cookies as text, for comparison: Next's read-only and mutable forms print differently. */
export function cookieText(request: RequestData): string {
  return JSON.stringify(request.cookies.getAll().map(({ name, value }) => [name, value]));
}
