/** One patch of cloth: its colour, and its outline as an SVG path. */
type Patch = readonly [color: string, outline: string];

const R = 'var(--signal-red)';
const B = 'var(--signal-blue)';
const Y = 'var(--signal-yellow)';
const W = 'var(--signal-white)';
const K = 'var(--signal-black)';

const WHOLE = 'M0 0h36v30H0z';
const FLY = 'M18 0h18v30H18z';
const LOWER = 'M0 15h36v15H0z';
const CROSS = 'M14 0h8v11h14v8H22v11h-8V19H0v-8h14z';
const SALTIRE = 'M0 0h6l12 10L30 0h6v5L24 15l12 10v5h-6L18 20 6 30H0v-5l12-10L0 5z';
const CHECKERS =
  'M0 0h9v7.5H0zM18 0h9v7.5h-9zM9 7.5h9V15H9zM27 7.5h9V15h-9zM0 15h9v7.5H0zM18 15h9v7.5h-9zM9 22.5h9V30H9zM27 22.5h9V30h-9z';

/** The outline of the two flags that are swallow-tailed, A and B. */
export const SWALLOWTAIL = 'M0 0h36l-9 15 9 15H0z';

/**
 * The International Code of Signals: the patches of each letter, the lowest first, on a field of
 * 36 × 30 with the hoist on the left.
 */
export const SIGNAL_ALPHABET: Readonly<Record<string, readonly Patch[]>> = {
  A: [
    [B, SWALLOWTAIL],
    [W, 'M0 0h18v30H0z'],
  ],
  B: [[R, SWALLOWTAIL]],
  C: [
    [B, WHOLE],
    [W, 'M0 6h36v18H0z'],
    [R, 'M0 12h36v6H0z'],
  ],
  D: [
    [Y, WHOLE],
    [B, 'M0 7h36v16H0z'],
  ],
  E: [
    [B, WHOLE],
    [R, LOWER],
  ],
  F: [
    [W, WHOLE],
    [R, 'M18 0l18 15-18 15L0 15z'],
  ],
  G: [
    [Y, WHOLE],
    [B, 'M6 0h6v30H6zM18 0h6v30h-6zM30 0h6v30h-6z'],
  ],
  H: [
    [W, WHOLE],
    [R, FLY],
  ],
  I: [
    [Y, WHOLE],
    [K, 'M18 7a8 8 0 0 1 0 16 8 8 0 0 1 0-16z'],
  ],
  J: [
    [B, WHOLE],
    [W, 'M0 10h36v10H0z'],
  ],
  K: [
    [Y, WHOLE],
    [B, FLY],
  ],
  L: [
    [Y, WHOLE],
    [K, 'M18 0h18v15H18zM0 15h18v15H0z'],
  ],
  M: [
    [B, WHOLE],
    [W, SALTIRE],
  ],
  N: [
    [W, WHOLE],
    [B, CHECKERS],
  ],
  O: [
    [R, WHOLE],
    [Y, 'M0 0l36 30H0z'],
  ],
  P: [
    [B, WHOLE],
    [W, 'M12 10h12v10H12z'],
  ],
  Q: [[Y, WHOLE]],
  R: [
    [R, WHOLE],
    [Y, CROSS],
  ],
  S: [
    [W, WHOLE],
    [B, 'M11 9h14v12H11z'],
  ],
  T: [
    [R, WHOLE],
    [W, 'M12 0h24v30H12z'],
    [B, 'M24 0h12v30H24z'],
  ],
  U: [
    [W, WHOLE],
    [R, 'M0 0h18v15H0zM18 15h18v15H18z'],
  ],
  V: [
    [W, WHOLE],
    [R, SALTIRE],
  ],
  W: [
    [B, WHOLE],
    [W, 'M6 6h24v18H6z'],
    [R, 'M12 11h12v8H12z'],
  ],
  X: [
    [W, WHOLE],
    [B, CROSS],
  ],
  Y: [
    [Y, WHOLE],
    [R, 'M0 6l7-6h7L0 12zM0 24L29 0h7L0 30zM36 6v6L14 30H7zM36 18v6l-7 6h-7z'],
  ],
  Z: [
    [Y, WHOLE],
    [K, 'M0 0l18 15L0 30z'],
    [B, 'M36 0v30L18 15z'],
    [R, 'M36 30H0l18-15z'],
  ],
};
