import type { SliceSelector } from './query-tree.ts';

/** Which elements a slice selects: from `from`, by `step`, as long as `to` is not reached. */
export interface SliceBounds {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The elements a slice selects of an array of this length (RFC 9535, section 2.3.4.2.2). */
export function sliceBounds(slice: SliceSelector, length: number): SliceBounds {
  const step = slice.step ?? 1;
  const forward = step >= 0;
  const start = slice.start ?? (forward ? 0 : length - 1);
  const end = slice.end ?? (forward ? length : -length - 1);
  // Backwards, one before the first element is a place to stop at.
  const [lowest, highest] = forward ? [0, length] : [-1, length - 1];
  const place = (index: number) =>
    Math.min(Math.max(index < 0 ? length + index : index, lowest), highest);
  return { from: place(start), to: place(end), step };
}
