import Link from 'next/link';
import type { ReactNode } from 'react';
import { SignalFlag } from '../signals/signal-flag.tsx';
import styles from './shell.module.css';

/** The top of every page. `children` is what only the shop's own pages have there. */
export function Masthead({ children }: { readonly children?: ReactNode }) {
  return (
    <header className={styles.masthead}>
      <div className={styles.neatline} aria-hidden="true" />
      <div className={styles.bar}>
        <Link className={styles.brand} href="/">
          <span className={styles.mark}>
            <SignalFlag letter="L" />
          </span>
          Lookout Supply
        </Link>
        <nav className={styles.nav} aria-label="Main">
          <Link href="/">Shop</Link>
          <Link href="/runtime">Runtime</Link>
          <Link href="/static">Harbour office</Link>
        </nav>
        {children}
      </div>
    </header>
  );
}
