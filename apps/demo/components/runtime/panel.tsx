import { type ReactNode, useId } from 'react';
import styles from './runtime.module.css';

interface PanelProps {
  readonly title: string;
  /** How much of the board it takes: half, or as a wide one seven twelfths, a narrow one five. */
  readonly span?: 'half' | 'wide' | 'narrow';
  readonly children: ReactNode;
}

/** One instrument. */
export function Panel({ title, span = 'half', children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} data-span={span} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** One number with its name. Belongs into a `dl`. */
export function Figure({ name, testId, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}
