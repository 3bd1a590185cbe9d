'use client';

import { useFlag, useFlagValue } from '@halyard/react';
import { useRouter } from 'next/navigation';
import { useActionState } from 'react';
import { addToBag, type BagReport } from '../../actions/bag.ts';
import type { ProductSlug } from '../../lib/catalog.ts';
import { DEFAULT_BUTTON_COLOR, DEFAULT_DISCOUNT } from '../../lib/flag-defaults.ts';
import { useReportAction } from '../logbook/action-report.tsx';
import styles from './buy-form.module.css';

interface BuyFormProps {
  readonly slug: ProductSlug;
  readonly name: string;
}

/** The button that sells. Its colour, its words and where it leads are flags read in the browser. */
export function BuyForm({ slug, name }: BuyFormProps) {
  const router = useRouter();
  const color = useFlag('buy-button-color', DEFAULT_BUTTON_COLOR);
  const express = useFlagValue('express-checkout', false);
  const discount = useFlagValue('discount-percent', DEFAULT_DISCOUNT);
  const reportAction = useReportAction();
  const [report, buy, isPending] = useActionState(
    async (before: BagReport | undefined, form: FormData) => {
      const done = await addToBag(before, form);
      reportAction(done.discountPercent);
      if (done.isExpress) router.push('/bag');
      return done;
    },
    undefined,
  );
  return (
    <form action={buy} className={styles.form}>
      <input type="hidden" name="slug" value={slug} />
      <div data-flag="buy-button-color">
        <button
          type="submit"
          className={styles.button}
          data-color={color.value}
          data-testid="buy-button"
          disabled={isPending}
        >
          {express ? 'Buy now' : 'Add to the bag'}
          <span className="visually-hidden">: {name}</span>
        </button>
      </div>
      <p className={styles.note}>
        {discount > 0 ? `${discount}% off is already counted in.` : 'No discount today.'}
      </p>
      <p className={styles.report} role="status">
        {report?.message}
      </p>
    </form>
  );
}
