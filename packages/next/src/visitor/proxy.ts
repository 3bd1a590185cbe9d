import { type NextRequest, NextResponse } from 'next/server.js';
import { UNCOUNTED_HEADER } from '../request/purpose.ts';
import { cookieAttributes } from './cookie-attributes.ts';
import { parseVisitorId, replaceCookie, type VisitorCookie } from './visitor-cookie.ts';

/**
 * Gives every visitor an anonymous id, in a cookie no script can read. A minted id is also written
 * into this very request's `cookie` header: a response cookie alone would reach server components
 * within the request, but not route handlers (specs/platform.md §2.5). For the proxy itself, which may
 * read flags afterwards, it is put into `request` as well.
 */
export function visitorProxy(
  visitor: VisitorCookie,
): (request: NextRequest) => Promise<NextResponse> {
  return async (request) => {
    const known = parseVisitorId(request.cookies.get(visitor.name)?.value);
    const isHead = request.method === 'HEAD';
    const isStamped = request.headers.has(UNCOUNTED_HEADER);
    if (known !== undefined && !isHead && !isStamped) return NextResponse.next();

    const headers = new Headers(request.headers);
    // Only the proxy can tell that nobody will look at the answer, and only it may say so.
    headers.delete(UNCOUNTED_HEADER);
    if (isHead) headers.set(UNCOUNTED_HEADER, '1');
    if (known !== undefined) return NextResponse.next({ request: { headers } });

    const id = crypto.randomUUID();
    const cookies = replaceCookie(headers.get('cookie'), visitor.name, id);
    headers.set('cookie', cookies);
    request.cookies.set(visitor.name, id);
    // The line above has written all other cookies anew; these are their own bytes.
    request.headers.set('cookie', cookies);
    const response = NextResponse.next({ request: { headers } });
    const { protocol } = request.nextUrl;
    const attributes = cookieAttributes({ headers: request.headers, protocol }, visitor.maxAge);
    response.cookies.set(visitor.name, id, attributes);
    return response;
  };
}
