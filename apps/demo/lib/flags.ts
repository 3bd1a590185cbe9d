import { createFlags } from '@halyard/next';
import './flag-types.ts';
import { exposureSinks } from './exposure-sinks.ts';
import { flagSource } from './flag-source.ts';
import { identify } from './identify.ts';

/** The shop's flags. The one place where they are wired. */
export const flags = createFlags({
  source: flagSource(),
  refresh: { interval: refreshInterval() },
  identify,
  // `low-stock-threshold` is not here: the stock room's business, and so it never leaves the server.
  client: {
    flags: [
      'product-layout',
      'price-label',
      'buy-button-color',
      'discount-percent',
      'express-checkout',
      'hero-banner',
      'delivery-options',
      'visitor-badge',
    ],
  },
  exposures: { sink: exposureSinks() },
  // Whoever starts the shop with a secret has it tried out, by everybody: there is no staff to sign in.
  overrides: { secret: process.env.FLAGS_OVERRIDE_SECRET, authorize: () => true },
});

/** FLAGS_REFRESH_INTERVAL in milliseconds; without it, what the backend likes. */
function refreshInterval(): number | undefined {
  const { FLAGS_REFRESH_INTERVAL } = process.env;
  return FLAGS_REFRESH_INTERVAL === undefined ? undefined : Number(FLAGS_REFRESH_INTERVAL);
}
