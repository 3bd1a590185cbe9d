'use client';

import { useActionState } from 'react';
import { placeOrder } from '../../actions/order.ts';
import { printMoney } from '../../lib/pricing.ts';
import { useReportAction } from '../logbook/action-report.tsx';
import styles from './checkout.module.css';
import { CheckoutSteps } from './checkout-steps.tsx';

interface CheckoutProps {
  /** Cents. */
  readonly total: number;
  readonly isExpress: boolean;
}

/** Takes the order: in one press, or in three steps. Stays mounted, so that the receipt is seen. */
export function Checkout({ total, isExpress }: CheckoutProps) {
  const report = useReportAction();
  const [receipt, order, isPending] = useActionState(async () => {
    const done = await placeOrder();
    report(done.discountPercent);
    return done;
  }, undefined);
  return (
    <section className={styles.checkout} aria-label="Checkout" data-flag="express-checkout">
      <div role="status">
        {receipt !== undefined && total === 0 && (
          <div className={styles.receipt} data-testid="receipt">
            <h2>Aye, it is ordered</h2>
            <p>
              {receipt.things} {receipt.things === 1 ? 'thing' : 'things'} for{' '}
              {printMoney(receipt.cents)}, {receipt.discountPercent}% off
              {receipt.isExpress ? ', in one press' : ''}. Nothing will arrive: the shop does not
              exist.
            </p>
          </div>
        )}
      </div>
      {total > 0 && (
        <form action={order} data-testid="checkout" data-flow={isExpress ? 'express' : 'steps'}>
          <h2>{isExpress ? 'Express checkout' : 'Checkout in three steps'}</h2>
          {isExpress ? (
            <button type="submit" className={styles.order} disabled={isPending}>
              Order for {printMoney(total)}
            </button>
          ) : (
            <CheckoutSteps total={total} isPending={isPending} />
          )}
        </form>
      )}
    </section>
  );
}
