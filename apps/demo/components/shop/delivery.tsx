'use client';

import { OpenFeatureFlags } from '@halyard/openfeature/react';
import { useObjectFlagDetails } from '@openfeature/react-sdk';
import { DEFAULT_DELIVERY } from '../../lib/flag-defaults.ts';
import type { DeliveryOption } from '../../lib/flag-types.ts';
import { printMoney } from '../../lib/pricing.ts';
import styles from './counter.module.css';

/** How it gets to the visitor: read with OpenFeature's own hook, from the same flags. */
export function Delivery() {
  return (
    <OpenFeatureFlags>
      <DeliveryOptions />
    </OpenFeatureFlags>
  );
}

function DeliveryOptions() {
  const { value } = useObjectFlagDetails<{ options: DeliveryOption[] }>(
    'delivery-options',
    DEFAULT_DELIVERY,
  );
  return (
    <section className={styles.delivery} aria-labelledby="delivery" data-flag="delivery-options">
      <h2 id="delivery">Delivery</h2>
      <ul data-testid="openfeature-value">
        {value.options.map(({ name, days, euros }) => (
          <li key={name}>
            <strong>{name}</strong>
            <span>{euros === 0 ? 'free' : printMoney(euros * 100)}</span>
            <em>{days}</em>
          </li>
        ))}
      </ul>
      <p>
        Read through <code>@openfeature/react-sdk</code>
      </p>
    </section>
  );
}
