import type { ReadView } from '../../lib/runtime/frame.ts';
import { Panel } from './panel.tsx';
import styles from './runtime.module.css';
import { printMicroseconds } from './scale.ts';
import { ScrollRegion } from './scroll-region.tsx';

/** The latest reads of flags, whoever's they were. */
export function ReadsTable({ reads }: { readonly reads: readonly ReadView[] }) {
  return (
    <Panel title="Latest resolutions" span="wide">
      <ScrollRegion label="Latest resolutions, as a table">
        <table className={styles.table} data-testid="resolutions">
          <thead>
            <tr>
              <th scope="col">Flag</th>
              <th scope="col">Variant</th>
              <th scope="col">Reason</th>
              <th scope="col" className={styles.visitor}>
                Visitor
              </th>
              <th scope="col" className={styles.number}>
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {reads.map(({ number, flagKey, value, variant, reason, visitor, microseconds }) => (
              <tr key={number}>
                <td>
                  <code>{flagKey}</code>
                </td>
                <td title={value}>{variant ?? 'default'}</td>
                <td data-reason={reason}>{reason.toLowerCase().replace('_', ' ')}</td>
                <td className={styles.visitor}>
                  <code>{visitor?.slice(0, 16) ?? 'nobody'}</code>
                </td>
                <td className={styles.number}>{printMicroseconds(microseconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {reads.length === 0 && <p className={styles.quiet}>Nothing was read yet.</p>}
      </ScrollRegion>
    </Panel>
  );
}
