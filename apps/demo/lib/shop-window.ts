import { DEFAULT_BANNER, DEFAULT_BUTTON_COLOR } from './flag-defaults.ts';
import { flags } from './flags.ts';

/** The shop window: made in advance for each of what these two flags can come out as. */
export const shopWindow = flags.precompute(
  { 'hero-banner': DEFAULT_BANNER, 'buy-button-color': DEFAULT_BUTTON_COLOR },
  {
    secret: process.env.FLAGS_SECRET ?? 'no secret: everybody may read it in the demo',
    onMismatch: 'not-found',
  },
);
