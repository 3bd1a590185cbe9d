import type { Explanation } from '@halyard/core';
import styles from './logbook.module.css';

/** One flag: what it gave, and which rule had the last word. */
export function Decision({ explanation }: { readonly explanation: Explanation }) {
  const { flagKey, resolution, steps } = explanation;
  const rule = steps.findLast((step) => step.matched);
  return (
    <li>
      <div className={styles.decisionHead}>
        <code className={styles.key}>{flagKey}</code>
        <span className={styles.reason} data-reason={resolution.reason}>
          {resolution.reason.toLowerCase().replace('_', ' ')}
        </span>
      </div>
      <p className={styles.outcome}>
        <b>{resolution.variant ?? 'the default in code'}</b>
        {rule !== undefined && <span>{rule.path}</span>}
      </p>
      <code className={styles.value}>{JSON.stringify(resolution.value ?? null)}</code>
    </li>
  );
}
