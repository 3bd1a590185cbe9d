import type { HeroBanner } from '../../lib/flag-types.ts';
import { HeroChart } from '../chart/hero-chart.tsx';
import { Hoist } from '../signals/hoist.tsx';
import styles from './hero.module.css';

/** What the shop has to say today, and the word it flies. */
export function Hero({ banner }: { readonly banner: HeroBanner }) {
  return (
    <section className={styles.hero} aria-labelledby="hero-title">
      <HeroChart />
      <div className={styles.inner}>
        <div className={styles.words} data-flag="hero-banner">
          <h1 id="hero-title" data-testid="hero-title">
            {banner.title}
          </h1>
          <p>{banner.text}</p>
          <a className={styles.down} href="#shelves">
            See the shelves
          </a>
        </div>
        <Hoist word={banner.signal} />
      </div>
    </section>
  );
}
