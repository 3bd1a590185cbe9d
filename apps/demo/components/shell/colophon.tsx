import { SignalFlag } from '../signals/signal-flag.tsx';
import styles from './shell.module.css';

interface ColophonProps {
  /** The file that decides. Pages made at build time cannot know which one it will be. */
  readonly flagFile?: string;
}

/** The foot of every page. */
export function Colophon({ flagFile }: ColophonProps) {
  return (
    <footer className={styles.colophon}>
      <div className={styles.colophonInner}>
        <p>
          Lookout Supply is a shop that does not exist. What its pages show is decided by{' '}
          {flagFile === undefined ? (
            'feature flags: change one'
          ) : (
            <>
              <code>{flagFile}</code>: change it in your editor
            </>
          )}{' '}
          and watch an open page follow.
        </p>
        <p className={styles.bunting} aria-hidden="true">
          {[...'HALYARD'].map((letter, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word has a letter at a place
            <SignalFlag key={place} letter={letter} />
          ))}
        </p>
      </div>
      <div className={styles.neatline} aria-hidden="true" />
    </footer>
  );
}
