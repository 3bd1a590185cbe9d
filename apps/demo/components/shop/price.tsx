import type { PriceLabelText } from '../../lib/flag-types.ts';
import { discounted, printMoney } from '../../lib/pricing.ts';
import styles from './price.module.css';

interface PriceProps {
  readonly cents: number;
  readonly discountPercent: number;
  readonly label: PriceLabelText;
  readonly size?: 'small' | 'large';
}

/** What something costs, with the words that belong around it. */
export function Price({ cents, discountPercent, label, size = 'small' }: PriceProps) {
  const now = discounted(cents, discountPercent);
  const showsBefore = label.strike && now < cents;
  return (
    <p className={styles.price} data-size={size} data-flag="price-label, discount-percent">
      {label.prefix !== '' && <span className={styles.prefix}>{label.prefix}</span>}
      <span className={styles.amounts}>
        <strong data-testid="price">{printMoney(now)}</strong>
        {showsBefore && (
          <>
            <span className="visually-hidden">, before: </span>
            <s>{printMoney(cents)}</s>
          </>
        )}
      </span>
      {label.suffix !== '' && <span className={styles.suffix}>{label.suffix}</span>}
    </p>
  );
}
