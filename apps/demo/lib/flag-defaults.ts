import type { HeroBanner, PriceLabelText } from './flag-types.ts';

/**
 * What the shop shows when a flag cannot be read. Where the type leaves room, no flag ever has these
 * values, so a default that reaches a page can be seen.
 */
export const DEFAULT_DISCOUNT = 0;
export const DEFAULT_LAYOUT = 'grid';
export const DEFAULT_BUTTON_COLOR = 'ink';
export const DEFAULT_LOW_STOCK = 3;
export const DEFAULT_BADGE = 'nobody';
export const DEFAULT_DELIVERY = { options: [] };

export const DEFAULT_PRICE_LABEL: PriceLabelText = { prefix: '', suffix: '', strike: false };

export const DEFAULT_BANNER: HeroBanner = {
  signal: 'LOOK',
  title: 'Goods for people who watch the water',
  text: 'Lamps, glass and wool for long watches.',
};
