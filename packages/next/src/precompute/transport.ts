import { HalyardError } from '@halyard/core';
import { type NextRequest, NextResponse } from 'next/server.js';

/**
 * How a code gets from the proxy to the page that is made for it. A page segment is one way, see
 * {@link pathSegment}; a framework that has variants of its own is another.
 */
export interface VariantTransport {
  /** The path that a request asks for, without a code, and the code that came in it, if any did. */
  receive(request: NextRequest): { readonly pathname: string; readonly code?: string };
  /**
   * The answer that shows the page of this code at the path asked for. It keeps the headers and cookies
   * of `response`, which is what the proxy answers otherwise.
   */
  send(request: NextRequest, code: string, response: NextResponse): NextResponse;
  /** What `generateStaticParams` gives for a code. */
  params(code: string): Readonly<Record<string, string>>;
}

/** Options of {@link pathSegment}. */
export interface PathSegmentOptions {
  /** The path below which the pages are that are made in advance. Default: `/v`. */
  readonly under?: string;
  /** The name of the dynamic segment that takes the code, `[code]` by default. */
  readonly param?: string;
}

/**
 * The code as a segment of the path: `/pricing` is shown from `app/v/[code]/pricing`. Visitors never see
 * that address. Throws a HalyardError INVALID_OPTION when an option is wrong.
 */
export function pathSegment(options: PathSegmentOptions = {}): VariantTransport {
  const { under = '/v', param = 'code' } = options;
  if (!/^(\/[\w.-]+)+$/.test(under)) {
    throw new HalyardError(
      'precompute',
      'INVALID_OPTION',
      `\`under\` must be a path such as '/v', and is ${JSON.stringify(under)}. Correct the call of pathSegment().`,
    );
  }
  return {
    receive({ nextUrl }) {
      const pathname = withoutTrailingSlash(nextUrl.pathname);
      if (!pathname.startsWith(`${under}/`)) return { pathname };
      const [code = '', ...rest] = pathname.slice(under.length + 1).split('/');
      return { pathname: `/${rest.join('/')}`, code };
    },
    send(request, code, response) {
      const { pathname } = this.receive(request);
      return rewritten(request, `${under}/${code}${pathname === '/' ? '' : pathname}`, response);
    },
    params: (code) => ({ [param]: code }),
  };
}

function withoutTrailingSlash(pathname: string): string {
  return pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
}

/** The response as it is, but for the page that is shown. */
export function rewritten(
  request: NextRequest,
  pathname: string,
  response: NextResponse,
): NextResponse {
  const url = request.nextUrl.clone();
  url.pathname = pathname;
  const headers = new Headers(response.headers);
  // "Carry on as asked" of NextResponse.next(), which a rewrite takes the place of.
  headers.delete('x-middleware-next');
  return NextResponse.rewrite(url, { headers });
}
