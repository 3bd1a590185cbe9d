import type { Sample } from '../../lib/runtime/frame.ts';
import { ChartFrame } from './chart-frame.tsx';
import styles from './runtime.module.css';
import { decadeLines, decadesUpTo, logPosition, printMicroseconds } from './scale.ts';
import { SECONDS_SHOWN } from './use-runtime-feed.ts';

/** What reading a flag took, on a logarithmic scale: the middle read, and one in a hundred. */
export function LatencyChart({ samples }: { readonly samples: readonly Sample[] }) {
  const decades = decadesUpTo(Math.max(0, ...samples.map(({ p99 }) => p99 ?? 0)));
  const latest = samples.findLast(({ p50 }) => p50 !== undefined);
  const p50 = printMicroseconds(latest?.p50);
  const p99 = printMicroseconds(latest?.p99);
  return (
    <ChartFrame
      title="Time to read a flag"
      summary={`Microseconds to read a flag over the last minute: lately ${p50} in the middle, ${p99} for one in a hundred.`}
      lines={decadeLines(decades)}
      legend={
        <>
          <span data-series="p50">
            p50 <b>{p50}</b>
          </span>
          <span data-series="p99">
            p99 <b>{p99}</b>
          </span>
        </>
      }
    >
      <path className={styles.line} data-series="p99" d={line(samples, 'p99', decades)} />
      <path className={styles.line} data-series="p50" d={line(samples, 'p50', decades)} />
    </ChartFrame>
  );
}

/** A line through the seconds that had reads. The empty stroke makes a lone one show as a dot. */
function line(samples: readonly Sample[], series: 'p50' | 'p99', decades: number): string {
  const first = SECONDS_SHOWN - samples.length;
  let isDrawing = false;
  return samples
    .map((sample, place) => {
      const value = sample[series];
      const command = isDrawing ? 'L' : 'M';
      isDrawing = value !== undefined;
      if (value === undefined) return '';
      return `${command}${first + place + 0.5} ${logPosition(value, decades).toFixed(2)}h0`;
    })
    .join('');
}
