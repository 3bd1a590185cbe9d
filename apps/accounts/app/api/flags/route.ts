import { flags } from '../../../lib/flags.ts';

/** The visitor's flags for the browser, exposures from it, and what a page says of its visitor. */
export const { GET, POST } = flags.handlers;
