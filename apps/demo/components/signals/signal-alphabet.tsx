import type { ReactNode } from 'react';

// The International Code of Signals, drawn on a field of 36 × 30 with the hoist on the left.
const R = 'var(--signal-red)';
const B = 'var(--signal-blue)';
const Y = 'var(--signal-yellow)';
const W = 'var(--signal-white)';
const K = 'var(--signal-black)';

const field = (fill: string) => <path fill={fill} d="M0 0h36v30H0z" />;
const box = (fill: string, x: number, y: number, width: number, height: number) => (
  <rect fill={fill} x={x} y={y} width={width} height={height} />
);
const shape = (fill: string, d: string) => <path fill={fill} d={d} />;

/** Each letter's drawing; two of the flags are swallow-tailed. */
export const SIGNAL_ALPHABET: Readonly<Record<string, ReactNode>> = {
  A: (
    <>
      {shape(W, 'M0 0h18v30H0z')}
      {shape(B, 'M18 0h18l-9 15 9 15H18z')}
    </>
  ),
  B: shape(R, 'M0 0h36l-9 15 9 15H0z'),
  C: (
    <>
      {field(B)}
      {box(W, 0, 6, 36, 18)}
      {box(R, 0, 12, 36, 6)}
    </>
  ),
  D: (
    <>
      {field(Y)}
      {box(B, 0, 7, 36, 16)}
    </>
  ),
  E: (
    <>
      {field(B)}
      {box(R, 0, 15, 36, 15)}
    </>
  ),
  F: (
    <>
      {field(W)}
      {shape(R, 'M18 0l18 15-18 15L0 15z')}
    </>
  ),
  G: (
    <>
      {field(Y)}
      {shape(B, 'M6 0h6v30H6zM18 0h6v30h-6zM30 0h6v30h-6z')}
    </>
  ),
  H: (
    <>
      {field(W)}
      {box(R, 18, 0, 18, 30)}
    </>
  ),
  I: (
    <>
      {field(Y)}
      <circle fill={K} cx="18" cy="15" r="8" />
    </>
  ),
  J: (
    <>
      {field(B)}
      {box(W, 0, 10, 36, 10)}
    </>
  ),
  K: (
    <>
      {field(Y)}
      {box(B, 18, 0, 18, 30)}
    </>
  ),
  L: (
    <>
      {field(Y)}
      {shape(K, 'M18 0h18v15H18zM0 15h18v15H0z')}
    </>
  ),
  M: (
    <>
      {field(B)}
      {shape(W, 'M0 0h6l12 10L30 0h6v5L24 15l12 10v5h-6L18 20 6 30H0v-5l12-10L0 5z')}
    </>
  ),
  N: (
    <>
      {field(W)}
      {shape(
        B,
        'M0 0h9v7.5H0zM18 0h9v7.5h-9zM9 7.5h9V15H9zM27 7.5h9V15h-9zM0 15h9v7.5H0zM18 15h9v7.5h-9zM9 22.5h9V30H9zM27 22.5h9V30h-9z',
      )}
    </>
  ),
  O: (
    <>
      {field(R)}
      {shape(Y, 'M0 0l36 30H0z')}
    </>
  ),
  P: (
    <>
      {field(B)}
      {box(W, 12, 10, 12, 10)}
    </>
  ),
  Q: field(Y),
  R: (
    <>
      {field(R)}
      {shape(Y, 'M14 0h8v11h14v8H22v11h-8V19H0v-8h14z')}
    </>
  ),
  S: (
    <>
      {field(W)}
      {box(B, 11, 9, 14, 12)}
    </>
  ),
  T: (
    <>
      {field(R)}
      {box(W, 12, 0, 24, 30)}
      {box(B, 24, 0, 12, 30)}
    </>
  ),
  U: (
    <>
      {field(W)}
      {shape(R, 'M0 0h18v15H0zM18 15h18v15H18z')}
    </>
  ),
  V: (
    <>
      {field(W)}
      {shape(R, 'M0 0h6l12 10L30 0h6v5L24 15l12 10v5h-6L18 20 6 30H0v-5l12-10L0 5z')}
    </>
  ),
  W: (
    <>
      {field(B)}
      {box(W, 6, 6, 24, 18)}
      {box(R, 12, 11, 12, 8)}
    </>
  ),
  X: (
    <>
      {field(W)}
      {shape(B, 'M14 0h8v11h14v8H22v11h-8V19H0v-8h14z')}
    </>
  ),
  Y: (
    <>
      {field(Y)}
      {shape(R, 'M0 6l7-6h7L0 12zM0 24L29 0h7L0 30zM36 6v6L14 30H7zM36 18v6l-7 6h-7z')}
    </>
  ),
  Z: (
    <>
      {shape(Y, 'M0 0h36L18 15z')}
      {shape(B, 'M36 0v30L18 15z')}
      {shape(R, 'M36 30H0l18-15z')}
      {shape(K, 'M0 30V0l18 15z')}
    </>
  ),
};
