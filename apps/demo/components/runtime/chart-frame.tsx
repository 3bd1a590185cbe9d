import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import styles from './runtime.module.css';
import { SECONDS_SHOWN } from './use-runtime-feed.ts';

/** The charts' own units: one per second across, and up to this high. */
export const CHART_HEIGHT = 100;

interface ChartFrameProps {
  readonly title: string;
  /** What the chart shows, in words, for those who do not see it. */
  readonly summary: string;
  /** The value at the top line. */
  readonly top: string;
  /** The latest values, shown beside the title. */
  readonly legend: ReactNode;
  readonly children: ReactNode;
}

/** What both charts have around them: a title, three lines, two axes. */
export function ChartFrame({ title, summary, top, legend, children }: ChartFrameProps) {
  return (
    <Panel title={title}>
      <div className={styles.legend}>{legend}</div>
      <figure className={styles.chart}>
        <svg
          viewBox={`0 0 ${SECONDS_SHOWN} ${CHART_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary}
        >
          <path className={styles.grid} d={`M0 0H${SECONDS_SHOWN}M0 50H${SECONDS_SHOWN}`} />
          {children}
          <path className={styles.axis} d={`M0 ${CHART_HEIGHT}H${SECONDS_SHOWN}`} />
        </svg>
        <figcaption>
          <span className={styles.top}>{top}</span>
          <span>a minute ago</span>
          <span>now</span>
        </figcaption>
      </figure>
    </Panel>
  );
}
