import type { ExposureCounters } from '@halyard/server';
import { Figure, Panel } from './panel.tsx';
import styles from './runtime.module.css';

/** Where every exposure went. Nothing vanishes: the numbers add up. */
export function ExposurePanel({ counters }: { readonly counters: ExposureCounters }) {
  const { recorded, deduplicated, delivered, pending } = counters;
  const { overflowed, failed, refused, abandoned } = counters;
  return (
    <Panel title="Exposures" span="wide">
      <dl className={styles.figures} data-size="large">
        <Figure name="Delivered" testId="delivered">
          {delivered}
        </Figure>
        <Figure name="Seen again, not counted">{deduplicated}</Figure>
        <Figure name="On the way">{pending}</Figure>
      </dl>
      <p className={styles.quiet}>
        {recorded} recorded. Lost to a full queue {overflowed}, to a failing sink {failed}, to a
        refusing executor {refused}, to closing {abandoned}.
      </p>
    </Panel>
  );
}
