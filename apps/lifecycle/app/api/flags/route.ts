import { flags } from '../../../lib/flags.ts';

export const { GET, POST } = flags.handlers;
