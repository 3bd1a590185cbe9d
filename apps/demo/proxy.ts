import type { NextRequest, NextResponse } from 'next/server';
import { flags } from './lib/flags.ts';
import { shopWindow } from './lib/shop-window.ts';

const mint = flags.proxy();

/**
 * Gives every new visitor an anonymous id, visible within the same request, and shows each of them the
 * shop window that was made for what they get.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const response = await mint(request);
  return shopWindow.pathOf(request) === '/window'
    ? shopWindow.rewrite(request, response)
    : response;
}

export const config = {
  // Pages and routes; not Next's own files, nor the picture for the README.
  matcher: '/((?!_next/|icon.svg|demo.png).*)',
};
