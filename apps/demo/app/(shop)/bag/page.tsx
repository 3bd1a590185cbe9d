import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import styles from '../../../components/bag/bag.module.css';
import { BagLines } from '../../../components/bag/bag-lines.tsx';
import { Checkout } from '../../../components/bag/checkout.tsx';
import { Logbook } from '../../../components/logbook/logbook.tsx';
import { BAG_COOKIE, parseBag } from '../../../lib/bag.ts';
import { DEFAULT_DISCOUNT } from '../../../lib/flag-defaults.ts';
import { flags } from '../../../lib/flags.ts';
import { priceBag, totalOf } from '../../../lib/pricing.ts';

export const metadata: Metadata = { title: 'The bag' };

/** What is in the bag, and the way out: express or step by step, as a flag decides. */
export default async function BagPage() {
  const [discount, isExpress] = await Promise.all([
    flags.get('discount-percent', DEFAULT_DISCOUNT),
    flags.get('express-checkout', false),
  ]);
  const lines = priceBag(parseBag((await cookies()).get(BAG_COOKIE)?.value), discount);
  return (
    <>
      <main id="main" tabIndex={-1} className={styles.page}>
        <h1>The bag</h1>
        <div className={styles.columns}>
          <BagLines lines={lines} discountPercent={discount} />
          <Checkout total={totalOf(lines)} isExpress={isExpress} />
        </div>
      </main>
      <Logbook
        item={lines[0]?.product.slug ?? 'storm-lantern'}
        discount={discount}
        keys={['discount-percent', 'express-checkout']}
      />
    </>
  );
}
