import type { CSSProperties } from 'react';
import { SignalFlag } from './signal-flag.tsx';
import styles from './signals.module.css';

const MOST_FLAGS = 6;

/** A word on a halyard, in signal flags: down a mast where there is room, along a line on a phone. */
export function Hoist({ word }: { readonly word: string }) {
  const letters = [...word.toUpperCase()].filter((letter) => /[A-Z]/.test(letter));
  return (
    <div className={styles.hoist} role="img" aria-label={`Signal flags that spell ${word}`}>
      {letters.slice(0, MOST_FLAGS).map((letter, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the place on the halyard is the identity
          key={place}
          className={styles.place}
          style={{ '--place': place } as CSSProperties}
        >
          <SignalFlag letter={letter} />
        </span>
      ))}
    </div>
  );
}
