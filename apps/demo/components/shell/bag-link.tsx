import Link from 'next/link';
import styles from './shell.module.css';

/** The way to the bag, with how much is in it. */
export function BagLink({ count }: { readonly count: number }) {
  return (
    <Link className={styles.bag} href="/bag">
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M4 9h16l-1.4 11a1 1 0 0 1-1 .9H6.4a1 1 0 0 1-1-.9zM8 9a4 4 0 0 1 8 0" />
      </svg>
      <span className={styles.bagWord}>Bag </span>
      <span className={styles.count} data-testid="bag-count">
        {count}
      </span>
      <span className="visually-hidden">{count === 1 ? ' thing' : ' things'}</span>
    </Link>
  );
}
