import { flags } from '../../../lib/flags.ts';

/** GET: this visitor's map, for the live refresh. POST: the keys of flags the browser has shown. */
export const { GET, POST } = flags.handlers;
