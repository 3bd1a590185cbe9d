import { BuyButton } from './buy-button';

export default function Page() {
  return <BuyButton />;
}
