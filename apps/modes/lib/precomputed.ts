import { flags } from './flags.ts';

/** The flags of the page that is made in advance for each of what they come out as. */
export const precomputed = flags.precompute(
  { shade: '', 'precomputed-use-flag': false },
  { secret: 'no secret: everybody may read it here' },
);
