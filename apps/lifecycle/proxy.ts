import type { NextRequest, NextResponse } from 'next/server';
import { flags } from './lib/flags.ts';

const mint = flags.proxy();

/** Reads a flag for one address. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const response = await mint(request);
  if (request.nextUrl.pathname === '/proxied') await flags.get('proxy', false);
  return response;
}

export const config = { matcher: '/((?!_next/|favicon.ico).*)' };
