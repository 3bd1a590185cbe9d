import type { Exposure } from '@halyard/core';
import { Ring } from './ring.ts';

const KEPT = 40;
const SLOT = Symbol.for('lookout-supply.recent-exposures');

type Slotted = typeof globalThis & { [SLOT]?: Ring<Exposure> };

/** The latest exposures that reached the sink. One list per process: Next bundles this module several times. */
export function recentExposures(): Ring<Exposure> {
  const scope: Slotted = globalThis;
  scope[SLOT] ??= new Ring(KEPT);
  return scope[SLOT];
}
