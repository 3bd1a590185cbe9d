import { fractionOf } from '../dialect/share.ts';
import { membersOf, nameOf } from './written.ts';

/** Who is held out of a flag, and what they get in place of it. */
export interface WrittenHoldout {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly value: string;
}

/** Reads a flag's holdout; undefined where there is none, or the definition of it is incomplete. */
export function readHoldout(written: unknown): WrittenHoldout | undefined {
  const { id, exclusion_percentage: percentage } = membersOf(written);
  if (id === undefined || id === null || percentage === undefined || percentage === null) {
    return undefined;
  }
  const fraction = fractionOf(percentage);
  if (!Number.isFinite(fraction)) return undefined;
  return { fraction: Math.min(Math.max(fraction, 0), 1), value: `holdout-${nameOf(id)}` };
}
