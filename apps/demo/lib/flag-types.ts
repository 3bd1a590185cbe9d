/** How the shop's products are laid out. */
export type ProductLayout = 'grid' | 'editorial' | 'ledger';

/** What stands around a price. */
export type PriceLabelText = {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether the price before the discount is shown, struck through. */
  readonly strike: boolean;
};

/** The banner that greets a visitor. `signal` is hoisted in signal flags: at most six letters. */
export type HeroBanner = {
  readonly signal: string;
  readonly title: string;
  readonly text: string;
};

/** One way to get an order delivered. */
export type DeliveryOption = {
  readonly name: string;
  readonly days: string;
  readonly euros: number;
};

/** The colours a buy button can have. */
export type ButtonColor = 'buoy' | 'kelp' | 'deep' | 'ink';

declare global {
  // Declared once, these make every read in the shop checked by the compiler, on both sides.
  interface HalyardFlags {
    'product-layout': ProductLayout;
    'price-label': PriceLabelText;
    'buy-button-color': ButtonColor;
    'discount-percent': number;
    'express-checkout': boolean;
    'hero-banner': HeroBanner;
    'delivery-options': { readonly options: readonly DeliveryOption[] };
    'low-stock-threshold': number;
    'visitor-badge': string;
  }
}
