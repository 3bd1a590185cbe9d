'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { printMoney } from '../../lib/pricing.ts';
import styles from './checkout.module.css';

const STEPS = [
  { title: 'Where to', field: 'Harbour or street', autoComplete: 'street-address' },
  { title: 'Who for', field: 'Name on the parcel', autoComplete: 'name' },
  { title: 'Anything else', field: 'A note for the post boat', autoComplete: 'off' },
] as const;

interface CheckoutStepsProps {
  /** Cents. */
  readonly total: number;
  readonly isPending: boolean;
}

/** The long way: one question after the other. Nothing is required, since nothing will be sent. */
export function CheckoutSteps({ total, isPending }: CheckoutStepsProps) {
  const [reached, setReached] = useState(0);
  const newest = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (reached > 0) newest.current?.focus();
  }, [reached]);
  const next = STEPS[reached + 1];
  const advance = () => setReached(reached + 1);
  // Enter would send a form whose last question has not been asked.
  const advanceOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || next === undefined) return;
    event.preventDefault();
    advance();
  };
  return (
    <>
      <ol className={styles.steps}>
        {STEPS.map(({ title, field, autoComplete }, step) => (
          <li key={title} aria-current={step === reached ? 'step' : undefined}>
            <span className={styles.title}>{title}</span>
            {step <= reached && (
              <label>
                {field}
                <input
                  ref={step === reached ? newest : undefined}
                  type="text"
                  name={title}
                  autoComplete={autoComplete}
                  onKeyDown={advanceOnEnter}
                />
              </label>
            )}
          </li>
        ))}
      </ol>
      {next === undefined ? (
        <button key="order" type="submit" className={styles.order} disabled={isPending}>
          Order for {printMoney(total)}
        </button>
      ) : (
        <button key="next" type="button" className={styles.next} onClick={advance}>
          Next: {next.title.toLowerCase()}
        </button>
      )}
    </>
  );
}
