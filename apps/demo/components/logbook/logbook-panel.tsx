'use client';

import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './logbook.module.css';

/** The drawer itself. A `details` element: it opens without scripts and stays open through refreshes. */
export function LogbookPanel({ children }: { readonly children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.current?.open) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  };
  return (
    <aside aria-label="How this page was decided">
      <details
        ref={details}
        className={styles.logbook}
        data-logbook=""
        data-testid="logbook"
        onKeyDown={closeOnEscape}
      >
        <summary>
          <span className={styles.whenClosed}>
            <span className={styles.long}>How this page was decided</span>
            <span className={styles.short}>Decisions</span>
          </span>
          <span className={styles.whenOpen}>Close</span>
        </summary>
        <div className={styles.panel}>
          <h2>How this page was decided</h2>
          {children}
        </div>
      </details>
    </aside>
  );
}
