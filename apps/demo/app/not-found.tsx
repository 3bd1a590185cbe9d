import Link from 'next/link';
import { Masthead } from '../components/shell/masthead.tsx';
import { Hoist } from '../components/signals/hoist.tsx';
import styles from './not-found.module.css';

/** Nothing here. Static: it reads no flags. */
export default function NotFound() {
  return (
    <>
      <Masthead />
      <main id="main" tabIndex={-1} className={styles.page}>
        <Hoist word="LOST" />
        <div>
          <h1>Off the chart</h1>
          <p>
            There is nothing at this address. <Link href="/">Back to the shelves.</Link>
          </p>
        </div>
      </main>
    </>
  );
}
