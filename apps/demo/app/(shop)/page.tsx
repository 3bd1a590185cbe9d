import { Logbook } from '../../components/logbook/logbook.tsx';
import { Hero } from '../../components/shop/hero.tsx';
import { Shelves } from '../../components/shop/shelves.tsx';
import {
  DEFAULT_BANNER,
  DEFAULT_DISCOUNT,
  DEFAULT_LAYOUT,
  DEFAULT_PRICE_LABEL,
} from '../../lib/flag-defaults.ts';
import { flags } from '../../lib/flags.ts';

/** The shop: a banner and everything it sells, as the flags want it for this visitor. */
export default async function ShopPage() {
  const [banner, layout, label, discount] = await Promise.all([
    flags.get('hero-banner', DEFAULT_BANNER),
    flags.get('product-layout', DEFAULT_LAYOUT),
    flags.get('price-label', DEFAULT_PRICE_LABEL),
    flags.get('discount-percent', DEFAULT_DISCOUNT),
  ]);
  return (
    <>
      <main id="main" tabIndex={-1}>
        <Hero banner={banner} />
        <Shelves layout={layout} label={label} discountPercent={discount} />
      </main>
      <Logbook
        item="storm-lantern"
        discount={discount}
        keys={['hero-banner', 'product-layout', 'price-label', 'discount-percent']}
      />
    </>
  );
}
