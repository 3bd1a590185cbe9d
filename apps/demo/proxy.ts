import { flags } from './lib/flags.ts';

/** Gives every new visitor an anonymous id, visible within the same request. */
export const proxy = flags.proxy();

export const config = {
  // Pages and routes; not Next's own files, nor the picture for the README.
  matcher: '/((?!_next/|icon.svg|demo.png).*)',
};
