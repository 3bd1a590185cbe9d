import type { Sample } from '../../lib/runtime/frame.ts';
import { CHART_HEIGHT, ChartFrame } from './chart-frame.tsx';
import styles from './runtime.module.css';
import { roundedMaximum } from './scale.ts';
import { SECONDS_SHOWN } from './use-runtime-feed.ts';

const BAR = 0.72;

/** Exposures that reached the sink, second by second. */
export function ExposureRateChart({ samples }: { readonly samples: readonly Sample[] }) {
  const highest = Math.max(0, ...samples.map(({ exposures }) => exposures));
  const top = roundedMaximum(highest, 4);
  const latest = samples.at(-1)?.exposures ?? 0;
  const first = SECONDS_SHOWN - samples.length;
  return (
    <ChartFrame
      title="Exposures per second"
      summary={`Exposures per second over the last minute: ${latest} in the last second, at most ${highest}.`}
      lines={[
        { at: 0, label: String(top) },
        { at: 50, label: String(top / 2) },
      ]}
      legend={
        <span>
          now <b>{latest}</b>, at most <b>{highest}</b>
        </span>
      }
    >
      {samples.map(({ second, exposures }, place) => {
        const height = (exposures / top) * CHART_HEIGHT;
        return (
          <rect
            key={second}
            className={styles.bar}
            x={first + place + (1 - BAR) / 2}
            y={CHART_HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
    </ChartFrame>
  );
}
