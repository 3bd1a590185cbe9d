import { SIGNAL_ALPHABET } from './signal-alphabet.tsx';
import styles from './signals.module.css';

const OUTLINES: Readonly<Record<string, string>> = {
  A: 'M.5.5h34.7L26.5 15l8.7 14.5H.5z',
  B: 'M.5.5h34.7L26.5 15l8.7 14.5H.5z',
};

/** One letter as a signal flag. Decoration: whoever shows it also says what it spells. */
export function SignalFlag({ letter }: { readonly letter: string }) {
  return (
    <svg className={styles.flag} viewBox="0 0 36 30" aria-hidden="true" focusable="false">
      {SIGNAL_ALPHABET[letter] ?? SIGNAL_ALPHABET.Q}
      <path className={styles.outline} d={OUTLINES[letter] ?? 'M.5.5h35v29H.5z'} />
    </svg>
  );
}
