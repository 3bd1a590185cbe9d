import type { ProductSlug } from '../../lib/catalog.ts';
import styles from './art.module.css';

/** A coast, two depth contours and some soundings, placed differently for each product. */
const CHARTS: Readonly<Record<ProductSlug, { turn: number; soundings: readonly number[] }>> = {
  'storm-lantern': { turn: 0, soundings: [7, 12, 4, 21] },
  'signal-set': { turn: 180, soundings: [3, 9, 15, 6] },
  'coast-glass': { turn: 90, soundings: [31, 18, 11, 5] },
  'watch-cap': { turn: 270, soundings: [14, 8, 22, 2] },
  'tide-clock': { turn: 180, soundings: [5, 2, 9, 13] },
  'galley-mugs': { turn: 0, soundings: [17, 6, 10, 28] },
};

const PLACES = [
  [34, 268],
  [276, 70],
  [270, 262],
  [284, 170],
] as const;

/** The piece of chart that a product lies on. It goes on beyond the view box, to fill plates of any shape. */
export function SeaBed({ slug }: { readonly slug: ProductSlug }) {
  const { turn, soundings } = CHARTS[slug];
  return (
    <>
      <path className={styles.sea} d="M-600-600h1520v1520h-1520z" />
      <g transform={`rotate(${turn} 160 160) translate(66 62)`}>
        <path
          className={styles.shallows}
          d="M-600-600H360v440c-20 70-70 76-118 96s-36 74-84 96-62 12-86 62-70 54-116 62-76 22-116 30-96 12-140 36-90 22-150 26-90 20-210 24V-600z"
        />
        <path
          className={styles.shoal}
          d="M-600-600H260v440c-18 44-62 52-100 70s-32 62-74 80-52 10-72 52-60 48-98 54-50 14-76 20-100 18-150 16-80 30-150 34-90 8-210 12V-600z"
        />
        <path
          className={styles.land}
          d="M-600-600H150v440c-14 26-44 32-70 48s-22 44-54 58-40 8-56 40-48 36-76 40-36 8-54 12-90 24-146 14-90 18-150 28-100-6-220 2V-600z"
        />
      </g>
      <g className={styles.soundings}>
        {PLACES.map(([x, y], place) => (
          <text key={x} x={x} y={y}>
            {soundings[place]}
          </text>
        ))}
      </g>
    </>
  );
}
