import {
  type Explanation,
  isJsonObject,
  type JsonValue,
  type Resolution,
  type TraceStep,
} from '@halyard/core';
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
        <b>{outcomeOf(resolution)}</b>
        {rule !== undefined && <span>{placeOf(rule)}</span>}
      </p>
      <code className={styles.value}>{JSON.stringify(shownValueOf(resolution))}</code>
    </li>
  );
}

/** The variant; where a backend has flags without any, whether the flag is on. */
function outcomeOf({ variant, enabled }: Resolution): string {
  if (variant !== undefined) return variant;
  if (enabled === undefined) return 'the default in code';
  return enabled ? 'enabled' : 'disabled';
}

/** What a step looked at: a segment by its name, anything else by where it is written. */
function placeOf({ kind, path, detail }: TraceStep): string {
  const name = kind === 'segment' && isJsonObject(detail) ? detail.name : undefined;
  return typeof name === 'string' ? `segment ${name}` : path;
}

/** What the flag has to give, of all that readers of one type or another may get. */
function shownValueOf({ payload, value, enabled }: Resolution): JsonValue {
  return payload ?? value ?? enabled ?? null;
}
