import type { ReactNode } from 'react';
import type { ProductSlug } from '../../lib/catalog.ts';
import styles from './art.module.css';
import { CoastGlass } from './coast-glass.tsx';
import { GalleyMugs } from './galley-mugs.tsx';
import { SeaBed } from './sea-bed.tsx';
import { SignalSet } from './signal-set.tsx';
import { StormLantern } from './storm-lantern.tsx';
import { TideClock } from './tide-clock.tsx';
import { WatchCap } from './watch-cap.tsx';

const DRAWINGS: Readonly<Record<ProductSlug, () => ReactNode>> = {
  'storm-lantern': StormLantern,
  'signal-set': SignalSet,
  'coast-glass': CoastGlass,
  'watch-cap': WatchCap,
  'tide-clock': TideClock,
  'galley-mugs': GalleyMugs,
};

/** A product, drawn on a piece of its own chart. Decoration: the name stands beside it. */
export function ProductArt({ slug }: { readonly slug: ProductSlug }) {
  const Drawing = DRAWINGS[slug];
  return (
    <svg className={styles.plate} viewBox="0 0 320 320" aria-hidden="true" focusable="false">
      <SeaBed slug={slug} />
      <g className={styles.drawing}>
        <Drawing />
      </g>
    </svg>
  );
}
