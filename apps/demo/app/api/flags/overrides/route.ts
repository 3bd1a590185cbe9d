import { flags } from '../../../../lib/flags.ts';

/** What this visitor's flags are to come out as, for whoever tries the shop out. */
export const { GET, POST, DELETE } = flags.overrides;
