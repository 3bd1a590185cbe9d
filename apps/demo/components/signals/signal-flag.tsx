import { SWALLOWTAIL } from './signal-alphabet.ts';
import { SignalDrawing } from './signal-drawing.tsx';
import styles from './signals.module.css';

/** One letter as a signal flag. Decoration: whoever shows it also says what it spells. */
export function SignalFlag({ letter }: { readonly letter: string }) {
  const outline = letter === 'A' || letter === 'B' ? SWALLOWTAIL : 'M0 0h36v30H0z';
  return (
    <svg className={styles.flag} viewBox="0 0 36 30" aria-hidden="true" focusable="false">
      <SignalDrawing letter={letter} />
      <path className={styles.outline} d={outline} />
    </svg>
  );
}
