import type { NextRequest, NextResponse } from 'next/server';
import { flags } from './lib/flags.ts';

const mint = flags.proxy();

/**
 * Gives every new visitor an anonymous id, visible within the same request. As middleware.ts it runs on
 * Edge; the other applications have a proxy.ts, which runs on Node.js.
 */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const response = await mint(request);
  response.headers.set('x-minted-on', process.env.NEXT_RUNTIME ?? 'nothing known');
  return response;
}

export const config = { matcher: '/((?!_next/).*)' };
