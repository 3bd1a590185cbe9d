import styles from './art.module.css';

/** A hot-blast lantern, lit. */
export function StormLantern() {
  return (
    <>
      <radialGradient id="lamp-light">
        <stop className={styles.light} offset=".25" />
        <stop className={styles.dark} offset="1" />
      </radialGradient>
      <circle cx="160" cy="168" r="150" fill="url(#lamp-light)" />
      <path d="M92 150C92 20 228 20 228 150" fill="none" stroke="var(--iron)" strokeWidth="5" />
      <path
        d="M128 96C84 104 80 236 104 262M192 96c44 8 48 140 24 166"
        fill="none"
        stroke="#b3261b"
        strokeWidth="12"
      />
      <path d="M192 96c44 8 48 140 24 166" fill="none" stroke="#8c1a12" strokeWidth="12" />
      <path d="M148 62h24v12h-24z" fill="var(--iron)" />
      <path d="M140 74h40l14 26h-68z" fill="#c9352a" />
      <path d="M160 74h20l14 26h-34z" fill="#9d2117" />
      <path d="M118 100h84v12h-84z" fill="#c9352a" />
      <path d="M160 100h42v12h-42z" fill="#9d2117" />
      <path d="M130 112h60c26 34 26 86-2 118h-56c-28-32-28-84-2-118z" fill="#fff3cf" />
      <path d="M160 112h30c26 34 26 86-2 118h-28z" fill="#ffe49a" />
      <path d="M160 138c22 30 26 48 16 66-6 10-26 10-32 0-10-18-6-36 16-66z" fill="#f59a1b" />
      <path d="M160 166c11 16 13 26 8 35-4 6-12 6-16 0-5-9-3-19 8-35z" fill="#fff7df" />
      <path
        d="M122 132c26 14 50 14 76 0M118 206c28-14 56-14 84 0M132 118c-16 30-16 76 2 108"
        fill="none"
        stroke="var(--iron)"
        strokeWidth="3"
      />
      <path d="M138 214h44v18h-44z" fill="var(--iron)" />
      <path d="M116 230h88v12h-88z" fill="#c9352a" />
      <path d="M160 230h44v12h-44z" fill="#9d2117" />
      <path d="M94 282c0-26 16-40 40-40h52c24 0 40 14 40 40z" fill="#c9352a" />
      <path d="M160 242h26c24 0 40 14 40 40h-66z" fill="#9d2117" />
      <path d="M108 274c2-14 10-20 22-21" fill="none" stroke="#f28d80" strokeWidth="4" />
      <path d="M86 282h148v12H86z" fill="var(--iron)" />
      <circle cx="206" cy="256" r="9" fill="#d9a441" />
    </>
  );
}
