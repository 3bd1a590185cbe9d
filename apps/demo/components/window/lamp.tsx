'use client';

import { useFlag } from '@halyard/react';
import { DEFAULT_BUTTON_COLOR } from '../../lib/flag-defaults.ts';
import styles from './window.module.css';

/** The lamp in the window burns in the colour of the visitor's buttons: a flag read in the browser. */
export function Lamp() {
  const { value: color } = useFlag('buy-button-color', DEFAULT_BUTTON_COLOR);
  return (
    <p className={styles.lamp} data-color={color} data-flag="buy-button-color">
      A lamp burns in the window: <span data-testid="window-color">{color}</span>
    </p>
  );
}
