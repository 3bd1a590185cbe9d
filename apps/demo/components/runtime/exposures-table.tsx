import type { ExposureView } from '../../lib/runtime/frame.ts';
import { Panel } from './panel.tsx';
import styles from './runtime.module.css';
import { ScrollRegion } from './scroll-region.tsx';

/** The latest exposures, as they reached the sink. */
export function ExposuresTable({ exposures }: { readonly exposures: readonly ExposureView[] }) {
  return (
    <Panel title="Exposures, as they are sent" span="narrow">
      <ScrollRegion label="Exposures, as a table">
        <table className={styles.table} data-testid="exposures">
          <thead>
            <tr>
              <th scope="col">Id</th>
              <th scope="col">Flag</th>
              <th scope="col">Variant</th>
              <th scope="col">Seen by</th>
            </tr>
          </thead>
          <tbody>
            {exposures.map(({ id, evaluatedAt, flagKey, variant, origin }) => (
              <tr key={id + evaluatedAt}>
                <td>
                  <code title={id}>{id.slice(0, 8)}</code>
                </td>
                <td>
                  <code>{flagKey}</code>
                </td>
                <td>{variant}</td>
                <td>{origin}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {exposures.length === 0 && <p className={styles.quiet}>Nothing was sent yet.</p>}
      </ScrollRegion>
    </Panel>
  );
}
