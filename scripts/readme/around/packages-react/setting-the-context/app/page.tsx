import { AddToCart } from './add-to-cart';

export default function Page() {
  return <AddToCart cartSize={2} />;
}
