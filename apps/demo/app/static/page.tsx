import type { Metadata } from 'next';
import Link from 'next/link';
import { SeaBed } from '../../components/art/sea-bed.tsx';
import { Colophon } from '../../components/shell/colophon.tsx';
import { Masthead } from '../../components/shell/masthead.tsx';
import styles from './static.module.css';

export const metadata: Metadata = { title: 'Harbour office' };

// Makes the build fail if this page ever reads a request, a flag included.
export const dynamic = 'error';

const HOURS = [
  ['Monday to Friday', '07:00 to 16:00'],
  ['Saturday', 'from half flood to half ebb'],
  ['Sunday', 'knock'],
] as const;

/** A page without flags: rendered once, at build time, for everybody. */
export default function StaticPage() {
  return (
    <>
      <Masthead />
      <main id="main" tabIndex={-1} className={styles.page}>
        <div className={styles.words}>
          <h1>The harbour office</h1>
          <p>
            Collect an order here, borrow a tide table, or ask what that flag meant. This page reads
            no flags, so it was made at build time and is the same for everybody; pages that do read
            them live beside it, and <Link href="/window">the shop window</Link> was made at build
            time although it reads some.
          </p>
          <dl>
            {HOURS.map(([days, hours]) => (
              <div key={days}>
                <dt>{days}</dt>
                <dd>{hours}</dd>
              </div>
            ))}
          </dl>
        </div>
        <svg className={styles.chart} viewBox="0 0 320 320" aria-hidden="true" focusable="false">
          <SeaBed slug="galley-mugs" />
        </svg>
      </main>
      <Colophon />
    </>
  );
}
