import { createElement } from 'react';

/** Milliseconds until the late boundaries of a page arrive. */
export const DELAYS = [50, 150];

/** Where a page shows its visitor's badge. */
export const PLACES = [
  'in-layout',
  'in-page',
  'in-client',
  ...DELAYS.flatMap((delay) => [`before-${delay}`, `after-${delay}`, `late-${delay}`]),
];

/** An element that shows a badge. */
export function Shown({ place, badge }) {
  return createElement('b', { 'data-place': place }, badge);
}
