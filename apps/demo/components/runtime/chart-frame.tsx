import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import styles from './runtime.module.css';
import type { ScaleLine } from './scale.ts';
import { SECONDS_SHOWN } from './use-runtime-feed.ts';

/** The charts' own units: one per second across, and percent up. */
export const CHART_HEIGHT = 100;

interface ChartFrameProps {
  readonly title: string;
  /** What the chart shows, in words, for those who do not see it. */
  readonly summary: string;
  readonly lines: readonly ScaleLine[];
  /** The latest values, shown below the title. */
  readonly legend: ReactNode;
  readonly children: ReactNode;
}

/** What both charts have around them: a title, a scale, an axis of time. */
export function ChartFrame({ title, summary, lines, legend, children }: ChartFrameProps) {
  return (
    <Panel title={title}>
      <div className={styles.legend}>{legend}</div>
      <figure className={styles.chart}>
        <div className={styles.plot}>
          <svg
            viewBox={`0 0 ${SECONDS_SHOWN} ${CHART_HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={summary}
          >
            <path
              className={styles.grid}
              d={lines.map(({ at }) => `M0 ${at}H${SECONDS_SHOWN}`).join('')}
            />
            {children}
            <path className={styles.axis} d={`M0 ${CHART_HEIGHT}H${SECONDS_SHOWN}`} />
          </svg>
          {lines.map(({ at, label }) => (
            <span key={label} style={{ insetBlockStart: `${at}%` }} aria-hidden="true">
              {label}
            </span>
          ))}
        </div>
        <figcaption>
          <span>a minute ago</span>
          <span>now</span>
        </figcaption>
      </figure>
    </Panel>
  );
}
