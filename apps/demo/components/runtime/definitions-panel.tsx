import type { StatusView } from '../../lib/runtime/frame.ts';
import { Figure, Panel } from './panel.tsx';
import styles from './runtime.module.css';

/** The definitions in use: which, how old, how they were refreshed, what is wrong with them. */
export function DefinitionsPanel({ status }: { readonly status: StatusView }) {
  const { state, source, version, ageMs, flagCount, refreshes, diagnostics, lastError } = status;
  return (
    <Panel title="Definitions" span="narrow">
      <p className={styles.state} data-state={state} role="status">
        <b data-testid="state">{state}</b> from {source}, version{' '}
        <code data-testid="version">{version?.slice(0, 12) ?? 'none yet'}</code>
      </p>
      <dl className={styles.figures}>
        <Figure name="Age" testId="age">
          {ageMs === undefined ? '–' : `${(ageMs / 1000).toFixed(1)} s`}
        </Figure>
        <Figure name="Flags">{flagCount}</Figure>
        <Figure name="Changed" testId="refreshes-changed">
          {refreshes.changed}
        </Figure>
        <Figure name="Unchanged">{refreshes.unchanged}</Figure>
        <Figure name="Failed">{refreshes.failed}</Figure>
      </dl>
      {lastError !== undefined && <p className={styles.trouble}>{lastError}</p>}
      {diagnostics.length === 0 ? (
        <p className={styles.quiet}>No diagnostics: every flag compiles.</p>
      ) : (
        <ul className={styles.trouble} data-testid="diagnostics">
          {diagnostics.map((diagnostic) => (
            <li key={JSON.stringify(diagnostic)}>
              <code>{diagnostic.flagKey}</code> {diagnostic.message}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
