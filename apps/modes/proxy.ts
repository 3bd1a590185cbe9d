import { type NextRequest, NextResponse } from 'next/server';
import { flags } from './lib/flags.ts';
import { precomputed } from './lib/precomputed.ts';

const mint = flags.proxy();

/** Reads flags for some addresses, before anything is known of what becomes of them. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const response = await mint(request);
  const { pathname } = request.nextUrl;
  if (pathname.startsWith('/proxied')) await flags.get('proxy', false);
  if (precomputed.pathOf(request) === '/precomputed') return precomputed.rewrite(request, response);
  return pathname === '/proxied-away' ? NextResponse.redirect(new URL('/', request.url)) : response;
}

export const config = { matcher: '/((?!_next/|favicon.ico).*)' };
