'use client';

import type { ProductSlug } from '../../lib/catalog.ts';
import { printMoney } from '../../lib/pricing.ts';
import styles from './counter.module.css';
import { useQuote } from './use-quote.ts';

/** The price again, as the till (a route handler) quotes it. */
export function Quote({ slug }: { readonly slug: ProductSlug }) {
  const { quote } = useQuote(slug);
  return (
    <p className={styles.quote}>
      <span>The till says</span>
      <strong>{quote === undefined ? '…' : printMoney(quote.cents)}</strong>
    </p>
  );
}
