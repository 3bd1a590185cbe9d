import { flags } from '../lib/flags';

export { BuyButton } from './buy-button';

export const Checkout = () => <p>The old checkout</p>;
export const NewCheckout = () => <p>The new checkout</p>;

/** A server component that shows what its flag is. */
export async function ProductPage() {
  return <p>{await flags.get('product-layout', 'list')}</p>;
}
