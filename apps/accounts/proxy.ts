import { flags } from './lib/flags.ts';

/** Gives every new visitor an anonymous id, visible within the same request. */
export const proxy = flags.proxy();

export const config = { matcher: '/((?!_next/).*)' };
